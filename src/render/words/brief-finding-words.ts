import type { Finding, FindingKind } from '../../plan/result/finding.ts'
import { formatBytes, formatCount, formatDecimal } from '../../units/format.ts'
import { amounts, processCount } from '../text/amounts.ts'
import type { Naming } from './finding-words.ts'

type Brief<Kind extends FindingKind> = (
  finding: Extract<Finding, { readonly kind: Kind }>,
  name: Naming,
) => string

/**
 * A finding in one sentence of the screen; `undefined`: the verdict, the advice
 * or the assumptions say it already.
 */
export function briefly(finding: Finding, name: Naming): string | undefined {
  const words = brief[finding.kind] as Brief<FindingKind> | undefined
  return words?.(finding as never, name)
}

/** Warnings and errors that the screen has no other place for; notes are only counted. */
const brief: { readonly [Kind in FindingKind]?: Brief<Kind> } = {
  'addresses-differ': ({ region }, name) =>
    `Processes map region ${name(region)} at different addresses.`,
  'owner-short-lived': ({ region, group }, name) =>
    `Region ${name(region)} is lost when its owner, of the short-lived group ${name(group)}, ends.`,
  'sharer-outside-owner-cgroup': ({ owner, group, region }, name) =>
    `Group ${name(group)} uses region ${name(region)} from outside the cgroup of its owner ${name(owner)}.`,
  'posted-code-defects': () => 'The code of mshare as posted has defects that show here.',
  'innocent-victim': () =>
    'The OOM killer does not count mshare memory for the processes that use it.',
  'own-tables-kept': ({ region, processes }, name) =>
    `For region ${name(region)}, ${processCount(processes)} cannot share page tables.`,
  'mshare-costs-more': ({ region, extraBytes }, name) =>
    `For region ${name(region)}, mshare costs ${formatBytes(extraBytes)} more than it saves.`,
  'mshare-saves-little': ({ region }, name) =>
    `For region ${name(region)}, mshare saves little: processes touch different pages.`,
  'owner-is-single-point': ({ region, sharers }, name) =>
    `If the owner of region ${name(region)} ends, ${processCount(sharers)} lose it.`,
  'private-writes-shared': ({ region }, name) =>
    `Every sharer of region ${name(region)} sees private writes to it.`,
  'private-exceeds-base-tables': ({ group, neededBytes, baseTablesBytes }, name) => {
    const [needed, planned] = amounts(neededBytes, baseTablesBytes)
    return `Group ${name(group)} needs ${needed} of page tables for private memory; baseTables says ${planned}.`
  },
  'mappings-unread': ({ processes, allProcesses }) =>
    `The capture could not read mappings of ${formatCount(processes)} of ${processCount(allProcesses)}: capture as root, outside any container.`,
  'pool-too-small': ({ region, neededPages, poolPages, takenPages = 0 }, name) =>
    `The pool has ${formatCount(poolPages)} of ${formatCount(neededPages)} huge pages for region ${name(region)}: ${takenPages === 0 ? 'it' : 'the rest'} is on base pages.`,
  'swap-cannot-help': () => 'Swap cannot help: page tables and locked memory cannot be swapped.',
  'pool-exceeds-memory': ({ poolBytes, roomBytes }) =>
    `The pools would take ${formatBytes(poolBytes)}; memory has room for ${formatBytes(roomBytes)}.`,
  'waiver-expired': ({ until }, name) =>
    `A waiver ended on ${name(until)}: its finding counts again.`,
  'tables-exceed-data': ({ region, tableBytes, dataBytes }, name) =>
    `Page tables of region ${name(region)} are ${formatDecimal(tableBytes / dataBytes, 1)} times its data.`,
}
