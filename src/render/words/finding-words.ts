import type { Finding, FindingKind } from '../../plan/result/finding.ts'
import {
  exactBytes,
  formatBytes,
  formatCount,
  formatDecimal,
  formatPercent,
  formatShare,
} from '../../units/format.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import { amounts, processCount } from '../text/amounts.ts'
import type { PageSizes } from './pool-setting.ts'
import { poolSetting } from './pool-setting.ts'
import { standingWords } from './standing-words.ts'

/** A finding in words: what is true, with its numbers, and what to do next. */
export interface FindingWords {
  readonly what: string
  readonly next: string
}

/** Makes a name or path from outside safe to print. */
export type Naming = (text: string) => string

type Words<Kind extends FindingKind> = (
  finding: Extract<Finding, { readonly kind: Kind }>,
  name: Naming,
  host: PageSizes,
) => FindingWords

const assumedWords: Readonly<
  Record<Extract<Finding, { kind: 'assumption-decides' }>['assumption'], string>
> = {
  baseTables: "page tables of each process's own memory (baseTables)",
  kernelMemory: 'kernel memory of each process (kernelMemory)',
  minFree: 'the min watermark (minFree)',
  touched: 'all pages touched',
}

const proposed = '(proposed: in no released kernel)'

/** The words of every finding, one entry per kind. */
const findingWords: { readonly [Kind in FindingKind]: Words<Kind> } = {
  'mshare-costs-more': ({ region, processes, extraBytes }, name) => ({
    what: `For region ${name(region)}, mapped by ${processCount(processes)}, mshare ${proposed} takes ${formatBytes(extraBytes)} of page tables more than it saves. It needs a page directory of its own, and too little is shared.`,
    next: 'Do not share this region through mshare; it pays where many processes touch the same pages.',
  }),
  'mshare-saves-little': ({ region, savedBytes, plainBytes }, name) => {
    const [saved, plain] = amounts(savedBytes, plainBytes)
    return {
      what: `Through mshare ${proposed}, region ${name(region)} saves ${saved} of ${plain} of page tables (${formatPercent(savedBytes / plainBytes)}): the processes touch mostly different pages, so there is little to share.`,
      next: 'Check `touched` for this region. If it is right, huge pages help here, sharing does not.',
    }
  },
  'addresses-differ': ({ region, addresses }, name) => ({
    what: `Region ${name(region)} is shared through mshare ${proposed} at different addresses: ${listed(addresses, name)}. The tables are still shared, but a pointer stored inside the region is right in one process only.`,
    next: 'Store offsets instead of pointers inside the region, or give it the same `at` in every group.',
  }),
  'owner-short-lived': ({ region, group, sharers }, name) => ({
    what: `The mshare region ${name(region)} ${proposed} belongs to group ${name(group)}, whose processes are short-lived. When the owner ends, the region is unmapped for ${processCount(sharers)}: their next access is a SIGSEGV.`,
    next: `Let a long-lived process own it: set \`regions.${name(region)}.mshare.owner\` to a group that lives as long as the region.`,
  }),
  'sharer-outside-owner-cgroup': ({ region, owner, group }, name) => ({
    what: `Group ${name(group)} uses the mshare region ${name(region)} ${proposed} from outside the cgroup of its owner ${name(owner)}. Memory that it touches is charged to the owner's cgroup and can drive that out of memory. The owner is then killed, and every sharer loses the region.`,
    next: `Put ${name(owner)} and ${name(group)} into one cgroup, or size the owner's limit for all sharers.`,
  }),
  'private-writes-shared': ({ region, groups }, name) => ({
    what: `${groups.length === 1 ? 'Group' : 'Groups'} ${listed(groups, name)} may write to a private mapping (MAP_PRIVATE) of region ${name(region)}. As mshare was first posted ${proposed}, a write makes one page that every sharer sees: nothing written there is private.`,
    next: 'Map the region with `access: ro`, or keep it out of mshare where processes must not see each other’s writes.',
  }),
  'posted-code-defects': ({ regions, leakedTables }, name) => ({
    what: `This plan is about the design of mshare ${proposed}. The code as posted has defects that show here (${count(regions, 'region')} ${listed(regions, name)}): up to ${formatCount(leakedTables)} pud ${leakedTables === 1 ? 'page leaks' : 'pages leak'} when objects are unmapped, or the owner exits, while a process is linked; the mode of the file does not keep a read-only opener from writing; mlock and MAP_POPULATE do nothing on the window.`,
    next: 'Do not rely on the posted patches for access control or locked memory. Unmap in every process before the owner exits.',
  }),
  'innocent-victim': ({ regions, sharedBytes }, name) => ({
    what: `The OOM killer does not see mshare memory ${proposed} in the processes that use it: ${formatBytes(sharedBytes)} of ${listed(regions, name)} count in no sharer's oom_score. When memory runs out it may kill a process that has nothing to do with it.`,
    next: 'Set `oomScoreAdj` on purpose: lower for what must survive, higher for the processes behind the region.',
  }),
  'own-tables-kept': ({ region, group, processes }, name) => ({
    what: `${processCount(processes)} of group ${name(group)} ${processes === 1 ? 'keeps its' : 'keep their'} own page tables for region ${name(region)}: they cannot take part in mshare ${proposed}.`,
    next: 'See the reason below the strategies. Permissions come from `mode`, `uid` and `gid`; private mappings stay private.',
  }),
  'private-exceeds-base-tables': (finding, name) => {
    const [memory, needed, planned] = amounts(
      finding.privateBytes,
      finding.neededBytes,
      finding.baseTablesBytes,
    )
    return {
      what: `Each process of group ${name(finding.group)} has ${memory} of private memory. Mapping it takes at least ${needed} of page tables, but the plan counts ${planned} (baseTables).`,
      next: `Remove \`groups.${name(finding.group)}.baseTables\`, so that the plan derives it, raise it to VmPTE of such a process, or describe the memory as a region with \`backing: anonymous\`.`,
    }
  },
  'tables-exceed-data': ({ region, tableBytes, dataBytes }, name) => {
    const [tables, data] = amounts(tableBytes, dataBytes)
    return {
      what: `The page tables that map region ${name(region)} take ${tables}; the region itself is ${data}: ${formatDecimal(tableBytes / dataBytes, 2)} times the data.`,
      next: 'Use huge pages for this region, or fewer processes that map it (a connection pooler). Sharing the tables is what mshare (proposed: in no released kernel) is for.',
    }
  },
  'few-pages-touch-most-tables': (finding, name) => {
    const { drawnPages, drawnBytes, mappedPages, tables, allTables, clusterBytes } = finding
    const { firstTables, usualClusterBytes, usualTables } = finding
    const amount = writeSize(bytes(drawnBytes))
    const how = clusterBytes === undefined ? '' : ` in clusters of ${exactBytes(clusterBytes)}`
    const [apart, together] =
      usualClusterBytes === undefined || usualTables === undefined
        ? ['', '']
        : [
            ` The same pages in clusters of ${exactBytes(usualClusterBytes)} need ~${formatDecimal(usualTables, 1)} tables.`,
            ` For rows that lie close together write \`touched: { random: ${amount}, in: ${exactBytes(usualClusterBytes)} }\`.`,
          ]
    return {
      what: `A process of group ${name(finding.group)} touches ${formatCount(drawnPages)} of ${formatCount(mappedPages)} pages of region ${name(finding.region)} (${formatPercent(drawnPages / mappedPages)}), at random${how}. That needs ~${formatDecimal(tables, 1)} of ${formatCount(allTables)} pte tables (${formatPercent(tables / allTables)}): one page is enough to need a table.${apart} In one piece they need ${formatCount(firstTables)}.`,
      next: `Do not scale page tables with the share of pages in use. For a database smaller than its buffers write \`touched: { first: ${amount} }\`.${together} Huge pages need fewer tables in any case.`,
    }
  },
  'huge-pages-do-it-today': (finding) => {
    const page = exactBytes(finding.hugePageBytes)
    const { hugeTableBytes, describedTableBytes, mshareTableBytes } = finding
    const [huge, described, mshare] = amounts(
      hugeTableBytes,
      describedTableBytes,
      mshareTableBytes ?? 0,
    )
    const sharing =
      mshareTableBytes === undefined
        ? `mshare ${proposed} cannot be used here`
        : `mshare ${proposed} would bring them to ${mshare}`
    return {
      what: `Huge pages of ${page}, which exist today, bring the page tables from ${described} to ${huge}; ${sharing}.`,
      next: 'Use the lines of the advice. mshare remains for memory that must stay on base pages, for files and for many objects.',
    }
  },
  'mappings-unread': ({ processes, allProcesses, regions }) => ({
    what: `The mappings of ${formatCount(processes)} of ${processCount(allProcesses)} could not be read when this scenario was captured. ${regions === 0 ? 'The memory that they share is unknown' : 'Memory that only they share is in no region'}: its page tables are in baseTables, and no strategy can be judged for it.`,
    next: 'Capture again as root outside any container, or with CAP_SYS_PTRACE. Without Node there, run the script of mshare-plan collect.',
  }),
  'touched-in-part': ({ bytes: now, allBytes, groups }, name) => {
    const [touched, all] = amounts(now, allBytes)
    const shown = groups.slice(0, mostGroups).map((group) => {
      const [before, after] = amounts(group.bytes, group.allBytes)
      return `${name(group.name)} ${after} instead of ${before}`
    })
    const more = groups.length - shown.length
    const rest = more > 0 ? `, and ${formatCount(more)} more groups` : ''
    return {
      what: `If every process touched all that it maps, page tables would take ${all} instead of ${touched}: ${shown.join(', ')}${rest}.`,
      next: 'Expect this after a longer run: tables of pages that were touched once remain. To plan for it, set `touched: all`.',
    }
  },
  'nothing-to-gain': ({ tableBytes, fraction }) => ({
    what: `Page tables take ${formatBytes(tableBytes)}, ${formatShare(fraction)} of memory: too little to save.`,
    next: 'Leave them alone and look elsewhere: the budget shows where the memory goes.',
  }),
  'private-regions-united': ({ region, group, processes }, name) => ({
    what: `As threads, ${processCount(processes)} of group ${name(group)} would share one copy of the private region ${name(region)}; as described each has its own. The plan for threads counts one.`,
    next: 'If every thread needs its own copy, make the region that many times larger before you compare.',
  }),
  'swap-cannot-help': ({ unswappableBytes, capacityBytes }) => {
    const [unswappable, capacity] = amounts(unswappableBytes, capacityBytes)
    return {
      what: `Page tables, kernel memory and locked memory cannot be swapped. They take ${unswappable}, and capacity is ${capacity}: no amount of swap prevents the out-of-memory kill.`,
      next: 'Make page tables smaller (huge pages, fewer processes) or memory larger. Swap does not help.',
    }
  },
  'pool-too-small': (finding, name, host) => {
    const { neededPages, poolPages, takenPages = 0 } = finding
    const pages = `${formatCount(poolPages)} of the ${formatCount(neededPages)} huge pages of ${exactBytes(finding.pageBytes)} that region ${name(finding.region)} reserves`
    const { name: setting, bootLine } = poolSetting(finding.pageBytes, host)
    const boot = `; pages this large are best reserved on the boot line, \`${bootLine}\` with the new count`
    const idle = formatCount(poolPages - takenPages)
    const fates: Readonly<Record<typeof finding.fallback, string>> = {
      fail: 'its mapping fails. The figures are those of a pool that is large enough',
      'base-pages':
        takenPages === 0
          ? 'the kernel reserves a mapping whole or not at all. The program maps all of it on base pages, and the region uses none of the pool'
          : `the kernel reserves each object whole or not at all. The region takes ${formatCount(takenPages)} pages, leaves ${idle}, and its other objects are on base pages`,
      mixed: `the region takes ${formatCount(takenPages)} pages, and the rest of it is on base pages, with the page tables of base pages`,
    }
    return {
      what: `The huge-page pool has ${pages}: ${fates[finding.fallback]}.`,
      next: `Raise ${setting} by at least ${formatCount(neededPages - poolPages)}, before memory is fragmented${bootLine === undefined ? '' : boot}.`,
    }
  },
  'stranded-huge-pages': ({ pageBytes, pages, bytes, waiting, small }, name, host) => {
    const { name: setting, bootLine } = poolSetting(pageBytes, host)
    const boot = bootLine === undefined ? '' : ` (and on the boot line, \`${bootLine}\`)`
    const lower = `Lower ${setting} by ${formatCount(pages)}${boot}, or put more memory on pages of this size.`
    const idle = small ? 'No need to act: it is less than 1 % of memory.' : lower
    return {
      what: `${formatCount(pages)} huge pages of ${exactBytes(pageBytes)} (${formatBytes(bytes)}) are set aside and used by no region: no program can have that memory.`,
      next:
        waiting === undefined
          ? idle
          : `Raise the pool until region ${name(waiting)} fits into it. Lower it only if that region is to stay on base pages.`,
    }
  },
  'tables-decide': (finding, name) => {
    const [tables, other, capacity] = amounts(
      finding.tableBytes,
      finding.otherBytes,
      finding.capacityBytes,
    )
    return {
      what: `The data fits${finding.cgroup === undefined ? '' : ` into cgroup ${name(finding.cgroup)}`}, but its page tables do not: everything else takes ${other} of the ${capacity} of ${finding.cgroup === undefined ? 'capacity' : 'its limit'}, and page tables need ${tables} more.`,
      next: 'ps and RSS do not show page tables. Make them smaller: huge pages, or fewer processes.',
    }
  },
  'assumption-decides': ({ assumption, paths, level, halved, doubled }, name) => {
    const [path = '', ...more] = paths
    const where = `\`${name(path)}\`${more.length === 0 ? '' : ` and ${formatCount(more.length)} more`}`
    const half = assumption === 'touched' ? 'with the first half touched' : 'with half of it'
    const twice = doubled === undefined ? '' : `, ${standingWords[doubled]} with twice as much`
    return {
      what: `The verdict rests on a default, ${assumedWords[assumption]}: ${standingWords[level]} as assumed, ${standingWords[halved]} ${half}${twice}.`,
      next: `Measure it and write it into the scenario: ${where}.`,
    }
  },
  'pool-exceeds-memory': ({ poolBytes, roomBytes }) => {
    const [pool, room] = amounts(poolBytes, roomBytes)
    return {
      what: `The huge-page pools would take ${pool}; memory, less reserves and the min watermark, is ${room}. The kernel sets aside as many pages as it finds, and reports that smaller number.`,
      next: 'Lower the pools, put less memory on huge pages, or plan more memory.',
    }
  },
  'owner-is-single-point': ({ region, owner, sharers }, name) => ({
    what: `One process of group ${name(owner)} owns the mshare region ${name(region)} ${proposed}. If it ends or is killed, the region is unmapped for all ${processCount(sharers)}: their next access is a SIGSEGV.`,
    next: `Let a small process that does nothing else own it, with \`oomScoreAdj: -1000\`.`,
  }),
  'overcommit-refuses': ({ mode, requestedBytes, limitBytes }) => {
    const [requested, limit] = amounts(requestedBytes, limitBytes)
    const never = `Committed_AS would be ${requested}, CommitLimit is ${limit}`
    const heuristic = `one request is ${requested}, RAM and swap together are ${limit}`
    return {
      what: `The kernel refuses memory (overcommit mode ${mode}): ${mode === 'never' ? never : heuristic}. The processes fail to start or to grow, however much memory is free.`,
      next:
        mode === 'never'
          ? 'Raise vm.overcommit_ratio or swap, or lower private memory. Page tables are in neither number.'
          : 'Request less at once, or set vm.overcommit_memory = 1 if the program never uses all of it.',
    }
  },
  'linked-tables': ({ tables, counted, overstatedBytes }) => ({
    what: `hugetlb shares ${formatCount(tables)} page ${tables === 1 ? 'table' : 'tables'} between processes. Each exists once, and meminfo PageTables counts it once, but every process that uses it counts it in its VmPTE (${formatCount(counted)} times in all): the sum of VmPTE is ${formatBytes(overstatedBytes)} more than these tables take.`,
    next: 'Compare PageTables with the plan, not the sum of VmPTE.',
  }),
  'waiver-expired': ({ waives, until, reason }, name) => ({
    what: `The waiver of ${name(waives)} (${name(reason)}) ended on ${name(until)} (UTC): the finding counts again.`,
    next: 'Fix the cause of the finding, or renew the waiver with a later `until` and a reason that holds today.',
  }),
  'waiver-unmatched': ({ waives, until, reason }, name) => ({
    what: `${name(waives)} is waived until ${name(until)} (${name(reason)}), but this plan does not have that finding.`,
    next: 'Take the waiver out of `allow`: it would hide the finding if it came back.',
  }),
  'base-tables-decide': ({ baseBytes, pageTableBytes }) => {
    const [base, all] = amounts(baseBytes, pageTableBytes)
    return {
      what: `${base} of ${all} of page tables (${formatPercent(baseBytes / pageTableBytes)}) are the programs' own (baseTables), not those of shared regions. Sharing regions does not change that part.`,
      next: 'Measure it: VmPTE in /proc/PID/status of an idle process of the group, and set `baseTables` to it. Fewer processes make it smaller.',
    }
  },
}

/** The words for one finding. */
export function wordsOf(finding: Finding, name: Naming, host: PageSizes): FindingWords {
  const words = findingWords[finding.kind] as Words<FindingKind>
  return words(finding as never, name, host)
}

/** Groups that one finding names. */
const mostGroups = 3

function count(all: readonly string[], noun: string): string {
  return all.length === 1 ? noun : `${noun}s`
}

function listed(all: readonly string[], name: Naming): string {
  return all.map(name).join(', ')
}
