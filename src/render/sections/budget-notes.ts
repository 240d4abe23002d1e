import type { Commit } from '../../plan/result/memory-result.ts'
import type { PlannedStrategy } from '../../plan/result/result.ts'
import type { CgroupRisk } from '../../plan/result/risk-result.ts'
import { exactBytes, formatBytes, formatCount } from '../../units/format.ts'
import { amounts } from '../text/amounts.ts'
import type { Ink } from '../text/ink.ts'
import { named, widthOf } from '../text/ink.ts'
import { hanging } from '../text/wrap.ts'

/** What the lines of a budget do not say: cgroups, pools in pages, promises, and who is killed first. */
export function budgetNotes(strategy: PlannedStrategy, ink: Ink): readonly string[] {
  return [
    ...cgroups(strategy.risk.cgroups, ink),
    ...pools(strategy, ink),
    ...promises(strategy.memory.commit, ink),
    ...victim(strategy, ink),
  ]
}

/** Huge-page pools in pages, as they would be set: what is used of them, idle, missing. */
function pools({ memory }: PlannedStrategy, ink: Ink): readonly string[] {
  return memory.pools.flatMap(({ pageBytes, pages, usedPages, strandedPages, missingPages }) => {
    const missing = missingPages === 0 ? '' : `, ${formatCount(missingPages)} missing`
    const text = `pool of ${exactBytes(pageBytes)} pages: ${formatCount(pages)} pages, ${formatCount(usedPages)} used, ${formatCount(strandedPages)} stranded${missing}`
    return hanging('', text, widthOf(ink))
  })
}

/** What the kernel promises, and whether it is ready to. */
function promises({ mode, granted, ...bytes }: Commit, ink: Ink): readonly string[] {
  const [committed, limit, largest] = amounts(
    bytes.committedBytes,
    bytes.limitBytes,
    bytes.largestRequestBytes,
  )
  const answer = granted ? 'granted' : 'refused'
  const words: Readonly<Record<Commit['mode'], string>> = {
    always: `overcommit always: ${committed} promised (Committed_AS), nothing is refused`,
    heuristic: `overcommit heuristic: ${committed} promised (Committed_AS); the largest single request, ${largest}, is ${answer}`,
    never: `overcommit never: ${committed} promised (Committed_AS) of ${limit} (CommitLimit): ${answer}`,
  }
  return hanging('', words[mode], widthOf(ink))
}

/** Whom the out-of-memory killer takes first, where it may come to that. */
function victim({ risk }: PlannedStrategy, ink: Ink): readonly string[] {
  if (risk.victim === undefined || risk.hostLevel === 'safe') return []
  const { group, score, freedBytes, survives } = risk.victim
  const outcome = survives ? 'the host has headroom again' : 'the host is still short of memory'
  const text = `If memory runs out, the kernel kills a process of group ${named(group, ink)} first (oom_score ${score}): that gives back ${formatBytes(freedBytes)}, and ${outcome}.`
  return hanging('', text, widthOf(ink))
}

function cgroups(all: readonly CgroupRisk[], ink: Ink): readonly string[] {
  return all.flatMap((cgroup) => {
    const [limit, demand, headroom] = amounts(
      cgroup.limitBytes,
      cgroup.demandBytes,
      cgroup.headroomBytes,
    )
    const text = `limit ${limit}, demand ${demand}, headroom ${headroom}, risk ${cgroup.level}`
    return [
      ...hanging(`cgroup ${named(cgroup.name, ink)}: `, text, widthOf(ink)),
      ...cgroupVictim(cgroup, ink),
    ]
  })
}

function cgroupVictim({ name, level, victim: first }: CgroupRisk, ink: Ink): readonly string[] {
  if (first === undefined || level === 'safe') return []
  const outcome = first.survives ? 'it has headroom again' : 'it is still short of memory'
  const text = `If cgroup ${named(name, ink)} runs out of memory, the kernel kills a process of group ${named(first.group, ink)} first: that gives back ${formatBytes(first.freedBytes)}, and ${outcome}.`
  return hanging('', text, widthOf(ink))
}
