import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCommandLine } from '../../../src/cli/arguments/command-line.ts'
import { plainRequest } from '../../../src/cli/arguments/plain-words.ts'
import { commands } from '../../../src/cli/output/formats.ts'
import { fakeWorld } from '../fake-world.ts'

async function readInFull(words: readonly string[]) {
  const line = await readCommandLine(words, fakeWorld().world)
  return line.kind === 'request' ? line.request : undefined
}

const word = fc.oneof(
  fc.constantFrom<string>(...commands, 'help', 'bash', 'oracle', 'server.yaml', '-', ''),
  fc.string(),
)

describe('words without options', () => {
  it('are the request that they are when read in full', async () => {
    let plain = 0
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 4 }), async (words) => {
        const request = plainRequest(words)
        if (request === undefined) return
        plain += 1
        expect(request).toEqual(await readInFull(words))
      }),
    )
    expect(plain).toBeGreaterThan(20)
  })

  it.each(commands.map((command) => [command, 'bash']))(
    'are one request, with a command and without: %s',
    async (...words) => {
      expect(plainRequest(words)).toEqual(await readInFull(words))
    },
  )

  it('name files for plan where no command is written', () => {
    const request = { command: 'plan', implied: true, operands: ['a.yaml', 'check'], options: {} }
    expect(plainRequest(['a.yaml', 'check'])).toMatchObject(request)
  })

  it.each([
    [['--quiet', 'a.yaml']],
    [['a.yaml', '-o', 'b']],
    [['help', 'plan']],
    [['check']],
    [[]],
  ])('leaves %j to the reader of options', (words) => {
    expect(plainRequest(words)).toBeUndefined()
  })
})
