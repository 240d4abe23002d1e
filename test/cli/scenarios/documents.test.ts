import { describe, expect, it } from 'vitest'
import { isFailure } from '../../../src/cli/scenarios/attempt.ts'
import { documentsIn } from '../../../src/cli/scenarios/documents.ts'
import { fakeWorld } from '../fake-world.ts'

const most = 4 * 1024 ** 2

/** Text or words of each document, with the lines before it and its number. */
async function read(path: string, content: string | Uint8Array, largest = most) {
  const { world } = fakeWorld({ files: { [path]: content }, stdin: content })
  const found: unknown[] = []
  for await (const one of documentsIn(path, largest, world)) {
    if (!isFailure(one)) {
      found.push([one.text + (one.lineEnd ?? ''), one.linesBefore ?? 0, one.document])
    } else if ('text' in one) found.push(one.text)
    else found.push(one.issues.map(({ line, column, document }) => ({ line, column, document })))
  }
  return found
}

describe('a file with one scenario', () => {
  it('is one document without a number', async () => {
    const text = 'version: 1\nname: a\n'
    expect(await read('a.yaml', text)).toEqual([[text, 0, undefined]])
  })

  it('may begin with comments, directives and a marker, and end with one', async () => {
    for (const text of ['# a\n%YAML 1.2\n---\na: 1\n', '---\na: 1\n...\n', 'a: 1\n---\n# end\n']) {
      const found = await read('a.yaml', text)
      expect(found, text).toHaveLength(1)
      expect(found[0], text).toEqual([expect.stringContaining('a: 1'), 0, undefined])
    }
  })

  it('may be JSON over several lines, each with its brace', async () => {
    const text = '{\n"host":\n{"memory": "8 GiB"}\n}\n'
    expect(await read('-', text)).toEqual([[text, 0, undefined]])
  })

  it('may be empty: that is for its reader to say', async () => {
    expect(await read('a.yaml', '')).toEqual([['', 0, undefined]])
    expect(await read('a.yaml', '# nothing\n')).toEqual([['# nothing\n', 0, undefined]])
  })

  it('is refused if it is missing', async () => {
    const { world } = fakeWorld()
    const found: unknown[] = []
    for await (const one of documentsIn('a.yaml', most, world)) found.push(one)
    expect(found).toEqual([{ status: 3, text: expect.stringContaining('no such file') }])
  })
})

describe('YAML documents between markers', () => {
  it('have numbers, and the lines before them', async () => {
    expect(await read('a.yaml', 'a: 1\n---\nb: 2\n--- # last\nc: 3\n')).toEqual([
      ['a: 1\n', 0, 1],
      ['---\nb: 2\n', 1, 2],
      ['--- # last\nc: 3\n', 3, 3],
    ])
  })

  it('are passed over without content, which leaves no gap in the numbers', async () => {
    expect(await read('a.yaml', '---\n# nothing\n---\na: 1\n---\n---\nb: 2\n')).toEqual([
      ['---\na: 1\n', 2, 1],
      ['---\nb: 2\n', 5, 2],
    ])
  })

  it('end at a marker inside a block of text, as YAML says, not at one that is indented', async () => {
    const found = await read('a.yaml', 'a: |\n  ---\n  b\n---\nc: 1\n')
    expect(found).toEqual([
      ['a: |\n  ---\n  b\n', 0, 1],
      ['---\nc: 1\n', 3, 2],
    ])
  })

  it('may end with three dots, and directives are those of the next', async () => {
    expect(await read('a.yaml', 'a: 1\n...\n%YAML 1.2\n---\nb: 1\n')).toEqual([
      ['a: 1\n...\n', 0, 1],
      ['%YAML 1.2\n---\nb: 1\n', 2, 2],
    ])
  })

  it('have the place of bytes that are no text', async () => {
    const bytes = Buffer.concat([Buffer.from('a: 1\n---\nb: '), Uint8Array.from([0xe9, 0x0a])])
    expect(await read('a.yaml', bytes)).toEqual([
      ['a: 1\n', 0, 1],
      [{ line: 3, column: 4, document: 2 }],
    ])
  })

  it('are answered up to one that is too large', async () => {
    const text = `a: 1\n---\nb: ${'x'.repeat(400)}\n---\nc: 1\n`
    expect(await read('a.yaml', text, 300)).toEqual([
      ['a: 1\n', 0, 1],
      [{ line: 2, column: 1, document: 2 }],
    ])
  })
})

describe('lines of NDJSON', () => {
  it('are documents, numbered in a file whose name says so', async () => {
    expect(await read('a.ndjson', '{"a":1}\n\n{"b":2}\r\n---\n{"c":3}')).toEqual([
      ['{"a":1}\n', 0, 1],
      ['{"b":2}\r\n', 2, 2],
      ['{"c":3}', 4, 3],
    ])
    expect(await read('a.jsonl', 'a: 1\n')).toEqual([['a: 1\n', 0, 1]])
  })

  it('are no answer where all are blank: that is for the reader to say', async () => {
    for (const text of ['', '\n \n', '---\n']) {
      expect(await read('a.ndjson', text), text).toEqual([['', 0, undefined]])
    }
  })

  it('are recognised on standard input, where the first may be all', async () => {
    expect(await read('-', '{"a":1}\n')).toEqual([['{"a":1}\n', 0, undefined]])
    expect(await read('-', '{"a":1}\n{"b":2}\n')).toEqual([
      ['{"a":1}\n', 0, undefined],
      ['{"b":2}\n', 1, 2],
    ])
  })

  it('are recognised behind a first one that is broken', async () => {
    expect(await read('-', '{"version":1,\n{"version":1}\n')).toEqual([
      ['{"version":1,\n', 0, undefined],
      ['{"version":1}\n', 1, 2],
    ])
  })

  it('are YAML behind a first one in JSON, where a marker follows and the name says nothing', async () => {
    const text = '{"a":1}\n\n---\nb:\n  c: 2\n---\nd: 3\n'
    const rest = [
      ['---\nb:\n  c: 2\n', 2, 2],
      ['---\nd: 3\n', 5, 3],
    ]
    expect(await read('-', text)).toEqual([['{"a":1}\n', 0, undefined], ...rest])
    expect(await read('a.yaml', text)).toEqual([['{"a":1}\n', 0, undefined], ...rest])
    expect(await read('-', '{"a":1}\n---\n')).toEqual([['{"a":1}\n', 0, undefined]])
  })

  it('are answered behind one that is too large', async () => {
    const text = `{"a":1}\n{"b":"${'x'.repeat(700)}"}\n{"c":3}\n`
    expect(await read('a.ndjson', text, 300)).toEqual([
      ['{"a":1}\n', 0, 1],
      [{ line: 2, column: 1, document: 2 }],
      ['{"c":3}\n', 2, 3],
    ])
  })

  it('are too large for standard input too, in its words', async () => {
    expect(await read('-', `{"b":"${'x'.repeat(700)}"}\n{"c":3}\n`, 300)).toEqual([
      'cannot read standard input: larger than 4 MiB, too large for a scenario',
      ['{"c":3}\n', 1, 2],
    ])
  })
})

it('passes on why a part of the input could not be read', async () => {
  const { world } = fakeWorld({ stdin: '{"a":1}\n' })
  const broken = {
    ...world,
    openInput: () => {
      const parts = [Buffer.from('{"a":1}\n'), { ok: false, path: '-', reason: 'failed' } as const]
      return { ok: true, next: async () => parts.shift(), close: () => {} } as const
    },
  }
  const found: unknown[] = []
  for await (const one of documentsIn('-', most, broken)) found.push(one)
  expect(found).toEqual([
    { path: '-', text: '{"a":1}', lineEnd: '\n' },
    { status: 3, text: 'cannot read standard input: the system refused' },
  ])
})
