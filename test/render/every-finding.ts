import type { Finding, FindingKind } from '../../src/plan/result/finding.ts'
import { findingIds } from '../../src/workload/finding-ids.ts'

type Numbers<Kind extends FindingKind> = Omit<
  Extract<Finding, { readonly kind: Kind }>,
  'id' | 'kind' | 'severity'
>

const numbers: { readonly [Kind in FindingKind]: Numbers<Kind> } = {
  'mshare-costs-more': { region: 'sga', processes: 1, extraBytes: 4096 },
  'mshare-saves-little': { region: 'sga', savedBytes: 811_008, plainBytes: 1_228_800 },
  'addresses-differ': { region: 'sga', addresses: ['0x400000000000', '0x410000000000'] },
  'owner-short-lived': { region: 'sga', group: 'loader', sharers: 200 },
  'sharer-outside-owner-cgroup': { region: 'sga', owner: 'clients', group: 'batch' },
  'private-writes-shared': { region: 'sga', groups: ['clients', 'batch'] },
  'posted-code-defects': { regions: ['sga', 'redo'], leakedTables: 2 },
  'innocent-victim': { regions: ['sga'], sharedBytes: 322_122_547_200 },
  'own-tables-kept': { region: 'sga', group: 'batch', processes: 50 },
  'private-exceeds-base-tables': {
    group: 'clients',
    privateBytes: 2 ** 30,
    neededBytes: 2 ** 21,
    baseTablesBytes: 163_840,
  },
  'tables-exceed-data': {
    region: 'sga',
    tableBytes: 945_567_744_000,
    dataBytes: 322_122_547_200,
  },
  'few-pages-touch-most-tables': {
    region: 'sga',
    group: 'clients',
    drawnPages: 786_432,
    drawnBytes: 3 * 2 ** 30,
    mappedPages: 78_643_200,
    tables: 152_705.4521988,
    allTables: 153_600,
    firstTables: 1536,
    usualClusterBytes: 2 ** 20,
    usualTables: 3056.644950016,
  },
  'huge-pages-do-it-today': {
    hugePageBytes: 2 ** 21,
    hugeTableBytes: 1_849_344_000,
    describedTableBytes: 945_573_888_000,
    mshareTableBytes: 636_526_592,
  },
  'mappings-unread': { processes: 53, allProcesses: 54, regions: 0 },
  'touched-in-part': {
    bytes: 58_048_000,
    allBytes: 4_058_048_000,
    groups: [
      { name: 'backends', processes: 24, bytes: 54_048_000, allBytes: 4_018_048_000 },
      { name: 'checkpointer', processes: 1, bytes: 102_400, allBytes: 6_619_136 },
    ],
  },
  'nothing-to-gain': { tableBytes: 210_128_896, fraction: 0.0004 },
  'private-regions-united': { region: 'cache', group: 'clients', processes: 200 },
  'swap-cannot-help': { unswappableBytes: 945_893_376_000, capacityBytes: 549_660_908_544 },
  'pool-too-small': {
    region: 'sga',
    pageBytes: 2 ** 21,
    neededPages: 38_400,
    poolPages: 35_840,
    fallback: 'base-pages',
  },
  'stranded-huge-pages': { pageBytes: 2 ** 21, pages: 2560, bytes: 2560 * 2 ** 21 },
  'overcommit-refuses': { mode: 'never', requestedBytes: 2 ** 40, limitBytes: 2 ** 38 },
  'tables-decide': { tableBytes: 2 ** 39, otherBytes: 2 ** 38, capacityBytes: 2 ** 39 },
  'assumption-decides': {
    assumption: 'baseTables',
    paths: ['groups.clients.baseTables', 'groups.writers.baseTables'],
    level: 'tight',
    halved: 'safe',
    doubled: 'oom',
  },
  'pool-exceeds-memory': { poolBytes: 2 ** 39, roomBytes: 2 ** 38 },
  'owner-is-single-point': { region: 'sga', owner: 'clients', sharers: 1500 },
  'linked-tables': { tables: 300, counted: 450_000, overstatedBytes: 449_700 * 4096 },
  'waiver-expired': { waives: 'MSP010', until: '2026-01-31', reason: 'until the pooler is in' },
  'waiver-unmatched': {
    waives: 'MSP018',
    until: '2027-01-31',
    reason: 'the pool is shrunk in May',
  },
  'base-tables-decide': { baseBytes: 245_760_000, pageTableBytes: 258_048_000 },
}

/** One finding of each kind. */
export const everyFinding: readonly Finding[] = Object.entries(numbers).map(
  ([kind, fields]) =>
    ({ id: findingIds[kind as FindingKind], kind, severity: 'warning', ...fields }) as Finding,
)
