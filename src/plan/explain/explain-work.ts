import type { Explanation } from '../result/explanation.ts'
import type { Planned } from '../strategy/strategy-result.ts'
import { put } from './formula.ts'

/** Faults, mmap calls and VMAs of the planned mappings. */
export function explainWork({ result, arranged }: Planned): readonly Explanation[] {
  const root = `strategies.${result.id}`
  const { shared, spaces } = arranged.arrangement
  const once = (of: 'onceCalls' | 'onceVmas'): string =>
    shared.map((tables) => put((tables.copies ?? 1) * tables[of])).join(' + ')
  const perProcess = spaces
    .map(
      ({ processes, mappings }) =>
        `${put(processes)} · ${put(mappings.reduce((sum, { objects }) => sum + objects, 0))}`,
    )
    .join(' + ')
  const calls = (of: 'onceCalls' | 'onceVmas'): string =>
    shared.length === 0 ? perProcess : `${once(of)} + ${perProcess}`
  const explained = (
    key: string,
    meaning: string,
    formula: string,
    substituted: string,
    value: number,
    unit: string,
    source: string,
  ): Explanation => ({ path: `${root}.${key}`, meaning, formula, substituted, value, unit, source })
  return [
    explained(
      'faults.populate',
      'page faults that fill an entry',
      'each page written, each 64 KiB block read (shmem, files), each huge page; once under mshare; of files at most, since Linux 6.18',
      put(result.faults.populate),
      result.faults.populate,
      'faults',
      'mm/memory.c do_fault_around(), fault_around_bytes 64 KiB',
    ),
    explained(
      'faults.link',
      'page faults that link shared tables into a process',
      'Σ processes · units of 512 GiB touched',
      put(result.faults.link),
      result.faults.link,
      'faults',
      'mshare v3 00/22: one for each unit of a window (proposed)',
    ),
    explained(
      'mmapCalls',
      'mmap calls (ioctl calls for objects of an mshare region)',
      shared.length === 0
        ? 'Σ processes · objects'
        : 'objects once + Σ processes · (windows + objects of ordinary mappings)',
      calls('onceCalls'),
      result.mmapCalls,
      'calls',
      'one call for each object of a mapping',
    ),
    explained(
      'vmas',
      'VMAs of the planned mappings',
      shared.length === 0
        ? 'Σ processes · objects'
        : 'VMAs of the regions once + Σ processes · (windows + objects of ordinary mappings)',
      calls('onceVmas'),
      result.vmas,
      'VMAs',
      'one VMA for each object of a mapping',
    ),
  ]
}
