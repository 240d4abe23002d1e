import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { fakeWorld } from '../cli/fake-world.ts'
import { documents } from '../cli/shipped-documents.ts'
import { cpuTime } from '../cpu-time.ts'
import type { Piece } from './document.ts'
import { readDocument, writeDocument, writeSession } from './document.ts'
import { generated } from './generated.ts'
import { readShellCommand } from './shell-words.ts'

/*
 * Each page of this folder is a transcript: commands with their whole output and status, reviewed
 * like prose. `U=1 npx vitest run --project transcript` writes the answers anew; never under CI.
 */
const { U, CI } = process.env
const rewrite = U === '1' && !CI
const folder = import.meta.dirname
const root = join(folder, '../..')
const shared = { ...documents, ...filesBelow(join(folder, 'files')), ...scenarios(), ...generated }

const pages = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md')

it('there are transcripts to hold the program against', () => {
  expect(pages.length).toBeGreaterThan(10)
})

it('what no answer may hold is found where it is', () => {
  const printed = 'a \x1b[1mbold\x1b[22m b\n    at main (main.ts:1:1)\n\x1b[2J\u202e\x07\n'
  expect(disobedient(printed)).toEqual(['    at main (main.ts:1:1)', '\x1b', '\u202e', '\x07'])
})

for (const page of pages) {
  const path = join(folder, page)
  const document = readDocument(readFileSync(path, 'utf8'))
  const answers = new Map<Piece, string>()
  describe(`${page}: ${document.title}`, () => {
    let files: Record<string, string | Uint8Array> = { ...shared }
    for (const [index, piece] of document.pieces.entries()) {
      if (piece.kind === 'file') files = { ...files, [piece.path]: piece.text }
      if (piece.kind !== 'session') continue
      const seen = files
      it(`${index}: ${piece.command}`, async () => {
        const before = cpuTime()
        const answer = await answerOf(piece.command, seen)
        expect(cpuTime() - before, 'milliseconds').toBeLessThan(10_000)
        const { stdout, stderr, status } = answer
        expect(disobedient(stdout + stderr)).toEqual([])
        const session = writeSession(piece.command, stdout, stderr, status)
        answers.set(piece, session)
        if (!rewrite) expect(session).toBe(piece.raw)
      })
    }
    if (rewrite) {
      it('is written anew', () => {
        writeFileSync(path, writeDocument(document, answers))
      })
    }
  })
}

interface Answer {
  readonly stdout: string
  readonly stderr: string
  readonly status: number
}

async function answerOf(
  command: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<Answer> {
  const { env, words, input } = readShellCommand(command)
  const [program, ...argv] = words
  if (program !== 'mshare-plan') throw new Error(`not a command of ours: ${command}`)
  const stdin = input === undefined ? '' : files[input]
  if (stdin === undefined) throw new Error(`no such file: ${input}`)
  const { TERMINAL, ...rest } = env
  const { world, stdout, stderr, written } = fakeWorld({
    files,
    stdin,
    obstructed: { '/dev/zero': 'special', 'secret.yaml': 'denied' },
    unwritable: ['locked.json', 'locked.yaml'],
    env: { LANG: 'C.UTF-8', ...rest },
    ...(TERMINAL === undefined ? {} : { terminal: { columns: Number(TERMINAL) } }),
  })
  const status = await main(argv, world)
  const outputs = [...written].map(([path, text]) => `wrote ${path}:\n${text}`).join('')
  return { stdout: stdout() + outputs, stderr: stderr(), status }
}

const escapeSign = '\x1b'
const colour = new RegExp(`${escapeSign}\\[[0-9;]*m`, 'g')

/**
 * What no answer may hold, whatever the question: a stack trace, a control character that is not
 * a line feed or a colour, a mark that turns the direction of writing.
 */
function disobedient(printed: string): readonly string[] {
  const plain = printed.replace(colour, '')
  return plain.match(/^ {4}at .*$|[^\P{Cc}\n]|\p{Bidi_Control}/gmu) ?? []
}

function filesBelow(top: string): Record<string, Uint8Array> {
  const entries = readdirSync(top, { recursive: true, withFileTypes: true })
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(top, path), readFileSync(path)]),
  )
}

/** The shipped scenarios, under the name a clone has them by. */
function scenarios(): Record<string, Uint8Array> {
  const found = filesBelow(join(root, 'scenarios'))
  return Object.fromEntries(
    Object.entries(found).map(([name, text]) => [`scenarios/${name}`, text]),
  )
}
