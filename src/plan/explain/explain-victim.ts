import { hostPages } from '../../host/victim.ts'
import { bytes } from '../../units/quantity.ts'
import type { Explanation } from '../result/explanation.ts'
import type { CgroupVictim, Victim } from '../result/risk-result.ts'
import type { Planned } from '../strategy/strategy-result.ts'
import { put } from './formula.ts'

/** Whom the kernel kills first, on the host and in each cgroup: its points, and what it gives back. */
export function explainVictims(planned: Planned): readonly Explanation[] {
  const { risk, id } = planned.result
  const { host } = planned.arranged.workload
  const root = `strategies.${id}.risk`
  return [
    ...explainVictim(planned, root, risk.victim, 'on the host', hostPages(host)),
    ...explainScore(root, risk.victim, hostPages(host)),
    ...risk.cgroups.flatMap(({ name, victim, limitBytes }, index) => {
      const pages = hostPages({ ...host, memory: bytes(limitBytes) })
      return explainVictim(planned, `${root}.cgroups.${index}`, victim, `in cgroup ${name}`, pages)
    }),
  ]
}

function explainScore(
  root: string,
  victim: Victim | undefined,
  totalPages: number,
): readonly Explanation[] {
  if (victim === undefined) return []
  const scaled = `⌊${put(victim.points)} · 1000 / ${put(totalPages)}⌋`
  return [
    {
      path: `${root}.victim.score`,
      meaning: '/proc/PID/oom_score of that process',
      formula: 'max(0, ⌊(1000 + ⌊points · 1000 / total pages⌋) · 2 / 3⌋)',
      substituted: `max(0, ⌊(1000 + ${scaled}) · 2 / 3⌋)`,
      value: victim.score,
      unit: 'points',
      source: 'fs/proc/base.c proc_oom_score()',
    },
  ]
}

/** @param totalPages what runs out, in pages. */
function explainVictim(
  { result, arranged }: Planned,
  root: string,
  victim: CgroupVictim | undefined,
  remark: string,
  totalPages: number,
): readonly Explanation[] {
  const { host, groups } = arranged.workload
  const group = groups.find(({ name }) => name === victim?.group)
  const planned = result.groups.find(({ name }) => name === victim?.group)
  if (victim === undefined || group === undefined || planned === undefined) return []
  const { vmPteBytes, bytes: tables } = planned.perProcess
  const tablePages = Math.floor(vmPteBytes / host.layout.pageBytes)
  const thousandth = Math.floor(totalPages / 1000)
  const resident = victim.points - tablePages - group.oomScoreAdj * thousandth
  const kernel = (group.kernelMemory * group.threads * group.processes) / planned.processes
  const own = victim.freedBytes - tables - kernel
  return [
    {
      path: `${root}.victim.points`,
      meaning: `oom_badness of one process of group ${victim.group}, the most of all; ${remark}`,
      formula: 'resident pages + swapped pages + VmPTE pages + oomScoreAdj · ⌊total pages / 1000⌋',
      substituted: `${put(resident)} + 0 + ${put(tablePages)} + ${put(group.oomScoreAdj)} · ⌊${put(totalPages)} / 1000⌋`,
      value: victim.points,
      unit: 'pages',
      source: 'mm/oom_kill.c oom_badness()',
    },
    {
      path: `${root}.victim.freedBytes`,
      meaning: 'what killing it gives back; shared memory stays',
      formula: 'private memory and regions + page tables + kernel memory of one process',
      substituted: `${put(own)} + ${put(tables)} + ${put(kernel)}`,
      value: victim.freedBytes,
      unit: 'bytes',
      source: 'mm/oom_kill.c oom_reap_task_mm(), exit_mmap()',
    },
  ]
}
