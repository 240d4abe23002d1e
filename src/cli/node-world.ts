import { fileURLToPath } from 'node:url'
import { dialogueOn } from './machine/node-dialogue.ts'
import { codeOf, refusalOf } from './machine/node-failure.ts'
import {
  findFiles,
  kindOf,
  listFolder,
  listNames,
  readFile,
  realPath,
} from './machine/node-files.ts'
import { replaceFile, whyNotReplace } from './machine/node-replacement.ts'
import { openTree } from './machine/node-tree.ts'
import type { Dialogue, OutputStream, Reading, World } from './machine/world.ts'

/** The machine this process runs on. */
export function nodeWorld(): World {
  return {
    env: process.env,
    today: () => new Date().toISOString().slice(0, 10),
    stdout: outlet(process.stdout, 'standard output'),
    stderr: outlet(process.stderr, 'standard error'),
    kindOf,
    realPath,
    readFile,
    pageOf,
    resultSchema: fileURLToPath(new URL('../../docs/result.schema.json', import.meta.url)),
    readInput,
    openDialogue,
    listFolder,
    listNames,
    findFiles,
    openTree,
    whyNotReplace,
    replaceFile,
  }
}

/** Pages are named for their number and for people: `MSP012-huge-pages-today.md`. */
function pageOf(id: string): string {
  const folder = fileURLToPath(new URL('../../docs/findings/', import.meta.url))
  const listing = listNames(folder)
  const name = listing.ok ? listing.names.find((each) => each.startsWith(`${id}-`)) : undefined
  return `${folder}${name ?? `${id}.md`}`
}

/** A reader that went away (`| head`) has seen enough: what is still written to it is dropped. */
function outlet(stream: NodeJS.WriteStream, name: string): OutputStream {
  // The callback of write reports the failure; without a listener the event would end the program.
  stream.on('error', () => {})
  return {
    isTerminal: stream.isTTY === true,
    ...(stream.isTTY ? { columns: stream.columns } : {}),
    write: (text) =>
      new Promise((settle) => {
        stream.write(text, (error) => {
          settle(!error || codeOf(error) === 'EPIPE' ? undefined : refusalOf(name, error))
        })
      }),
  }
}

/** Questions go to standard error, as all that is no result. */
function openDialogue(): Dialogue | undefined {
  const { stdin, stdout, stderr } = process
  const isTerminal = [stdin, stdout, stderr].every(({ isTTY }) => isTTY === true)
  return isTerminal ? dialogueOn(stdin, stderr) : undefined
}

async function readInput(most: number): Promise<Reading> {
  const parts: Buffer[] = []
  let total = 0
  try {
    for await (const part of process.stdin) {
      total += part.length
      // Leaving the loop closes standard input, so that an endless writer is told to stop.
      if (total > most) return { ok: false, path: '-', reason: 'too-large' }
      parts.push(part)
    }
    return { ok: true, content: Buffer.concat(parts) }
  } catch (error) {
    return refusalOf('-', error)
  }
}
