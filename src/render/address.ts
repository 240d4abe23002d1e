import type { AddressWalk, WalkedLeaf, WalkedLevel } from '../plan/result/explanation.ts'
import { exactBytes, formatCount, formatPercent } from '../units/format.ts'
import { labelOf, proposedMeans } from './sections/strategy.ts'
import { listed, processCount, quoted } from './text/amounts.ts'
import { renderGrid } from './text/grid.ts'
import type { Ink } from './text/ink.ts'
import { brushesOf, named, widthOf, worded } from './text/ink.ts'
import { wrap } from './text/wrap.ts'

/** One address, level by level: the entry, the table, who shares it, the counters that have it. */
export function renderAddress(walk: AddressWalk, ink: Ink): string {
  const { strong } = brushesOf(ink)
  const whose = walk.processes === 1 ? 'the process' : `one of ${processCount(walk.processes)}`
  const title = `${walk.address} in ${whose} of ${quoted(named(walk.group, ink))}, ${labelOf(walk.strategy)}, ${walk.layout}`
  const lines = [
    ...wrap(worded(title, ink), widthOf(ink)).map(strong),
    ...wrap(worded(mappingText(walk, ink), ink), widthOf(ink)),
    '',
    ...levelTable(walk, ink),
    '',
    ...notes(walk, ink).flatMap((note) => wrap(worded(note, ink), widthOf(ink))),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

function mappingText({ mapping }: AddressWalk, ink: Ink): string {
  const { region, start, end, offsetBytes, access, placed } = mapping
  const how = `${mapping.private ? 'private, ' : ''}${access}`
  const where =
    placed === 'given'
      ? ''
      : ' The plan placed the mapping (assumed): a real process has another address, with at most one table more at each level.'
  return `Region ${quoted(named(region, ink))}, byte ${formatCount(offsetBytes)} of it, mapped from ${start} to ${end} (${how}).${where}`
}

function levelTable(walk: AddressWalk, ink: Ink): readonly string[] {
  const columns = [
    { title: 'Level', align: 'left' },
    { title: 'Entry', align: 'right' },
    { title: 'Table from', align: 'right' },
    { title: 'Exists', align: 'left' },
    { title: 'Table', align: 'left' },
    { title: 'Counters', align: 'left' },
  ] as const
  const rows = walk.levels.map((level) => ({
    cells: [
      level.level,
      `${formatCount(level.index)} of ${formatCount(level.entries)}`,
      level.start,
      chance(level.existsProbability),
      worded(tableText(level, ink), ink),
      level.counters.join(', ') || 'none',
    ],
  }))
  return renderGrid(columns, rows, ink)
}

function chance(probability: number): string {
  if (probability === 1) return 'yes'
  return probability === 0 ? 'no' : `~${formatPercent(probability)}`
}

function tableText({ table, sharedBy }: WalkedLevel, ink: Ink): string {
  if (table === 'own') return 'its own'
  const who = sharedBy.map(
    ({ group, processes }) => `${formatCount(processes)} of ${quoted(named(group, ink))}`,
  )
  const what = table === 'linked' ? 'shared by hugetlb' : 'of the region (mshare, proposed)'
  return `${what}: ${listed(who)}`
}

const leafKinds: Readonly<Record<WalkedLeaf['kind'], string>> = {
  base: 'a base page',
  hugetlb: 'a huge page of hugetlb',
  transparent: 'a transparent huge page, if one is free,',
  deposit: 'a base page, or a part of a transparent huge page with its pte table in deposit,',
}

function notes(walk: AddressWalk, ink: Ink): readonly string[] {
  const { leaf, folded, strategy } = walk
  const touched =
    leaf.touchedProbability === 1 || leaf.touchedProbability === 0
      ? `The process ${leaf.touchedProbability === 1 ? 'touches' : 'does not touch'} this page.`
      : `The process touches this page with a probability of ${formatPercent(leaf.touchedProbability)}.`
  const isDivided = walk.levels.some(({ table }) => table !== 'own')
  return [
    `Leaf: the ${leaf.level} entry maps ${leafKinds[leaf.kind]} of ${exactBytes(leaf.pageBytes)} from ${leaf.pageStart}. ${touched}`,
    ...(folded.length === 0 ? [] : [`Folded here: ${folded.join(', ')}.`]),
    'Counters: VmPTE of /proc/PID/status, PageTables of /proc/meminfo; no level is in SecPageTables.',
    ...(isDivided
      ? ['A shared table is in PageTables once; one of hugetlb is in the VmPTE of each process.']
      : []),
    ...(strategy.status === 'proposed' ? [`${named(strategy.id, ink)} is ${proposedMeans}.`] : []),
  ]
}
