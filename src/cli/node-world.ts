import { join } from 'node:path'
import { dialogueOn } from './machine/node-dialogue.ts'
import {
  findFiles,
  kindOf,
  listFolder,
  listNames,
  readFile,
  realPath,
} from './machine/node-files.ts'
import { openInput } from './machine/node-input.ts'
import { watchInterrupts } from './machine/node-interrupts.ts'
import { outletOn } from './machine/node-outlet.ts'
import { replaceFile, whyNotReplace } from './machine/node-replacement.ts'
import { openScratch } from './machine/node-scratch.ts'
import { openTree } from './machine/node-tree.ts'
import type { Dialogue, World } from './machine/world.ts'
import { workers } from './node-workers.ts'

/** The machine this process runs on. */
export function nodeWorld(): World {
  return {
    env: process.env,
    today: () => new Date().toISOString().slice(0, 10),
    stdout: outletOn(1, () => process.stdout, 'standard output'),
    stderr: outletOn(2, () => process.stderr, 'standard error'),
    kindOf,
    realPath,
    readFile,
    pageOf,
    resultSchema: join(docs, 'result.schema.json'),
    bundleOf: (name) => join(import.meta.dirname, `../../dist/bundle/${name}.cjs`),
    openInput,
    openScratch,
    watchInterrupts,
    workers,
    openDialogue,
    listFolder,
    listNames,
    findFiles,
    openTree,
    whyNotReplace,
    replaceFile,
  }
}

/** The bundle is as deep in the package as this module. */
const docs = join(import.meta.dirname, '../../docs')

/** Pages are named for their number and for people: `MSP012-huge-pages-today.md`. */
function pageOf(id: string): string {
  const folder = join(docs, 'findings')
  const listing = listNames(folder)
  const name = listing.ok ? listing.names.find((each) => each.startsWith(`${id}-`)) : undefined
  return join(folder, name ?? `${id}.md`)
}

/** Questions go to standard error, as all that is no result. */
function openDialogue(): Dialogue | undefined {
  const { stdin, stdout, stderr } = process
  const isTerminal = [stdin, stdout, stderr].every(({ isTTY }) => isTTY === true)
  return isTerminal ? dialogueOn(stdin, stderr) : undefined
}
