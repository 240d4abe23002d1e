import { count } from '../../units/quantity.ts'
import type { Region } from '../../workload/region.ts'
import type { Setting } from '../result/advice-result.ts'
import { defaultSizeLine, groupLine, limitLines, memlockLines } from './kernel-limits.ts'
import type { HugeUse, ProgramRules } from './rules.ts'

/**
 * Oracle: the SGA, SysV segments. What MEMORY_TARGET manages lies in /dev/shm, where there are no
 * huge pages, a file for each granule; without it the SGA is SysV (My Oracle Support 749851.1), one
 * segment where kernel.shmmax allows it. The PGA stays on base pages.
 */
export const oracle: ProgramRules = {
  onHugePages: ({ backing, objects }) =>
    isManaged({ backing }) || backing === 'sysv-shm'
      ? {
          backing: 'sysv-shm',
          fallback: 'fail',
          objects: isManaged({ backing }) ? count(1) : objects,
        }
      : undefined,
  // My Oracle Support 1557478.1: disable them on database servers.
  takesTransparentPages: false,
  settings: (use) => [
    parameters(use),
    ...memlockLines(use),
    ...groupLine(use),
    ...defaultSizeLine(use),
    ...limitLines(use),
  ],
  pooling: (processes) => [
    {
      kind: 'connections',
      program: 'oracle',
      place: 'SQL*Plus',
      // Dedicated sessions stay outside the pool, and so does everyone while it is stopped.
      lines: [
        '-- after EXECUTE DBMS_CONNECTION_POOL.START_POOL; clients connect with :POOLED',
        `EXECUTE DBMS_CONNECTION_POOL.ALTER_PARAM('', 'MAXSIZE', '${processes}')`,
      ],
    },
  ],
}

function isManaged({ backing }: Pick<Region, 'backing'>): boolean {
  return backing === 'posix-shm'
}

/** With `only` an instance whose pool is too small does not start, instead of starting on base pages. */
function parameters({ regions }: HugeUse): Setting {
  const managed = regions.some(isManaged)
  const [sga, another] = regions
  const target =
    managed && sga !== undefined && another === undefined ? [`sga_target = ${inMib(sga.size)}`] : []
  const manual = managed ? ['memory_target = 0', 'memory_max_target = 0', ...target] : []
  return {
    kind: 'database',
    program: 'oracle',
    place: 'init.ora',
    lines: ['use_large_pages = only', ...manual],
  }
}

function inMib(size: number): string {
  return size % 2 ** 20 === 0 ? `${size / 2 ** 20}M` : `${size}`
}
