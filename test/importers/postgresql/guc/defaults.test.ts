import { describe, expect, it } from 'vitest'
import {
  defaultNumber,
  defaultText,
  defaultWord,
  isIn,
  lifetimeOf,
} from '../../../../src/importers/postgresql/guc/defaults.ts'
import type { ParameterName } from '../../../../src/importers/postgresql/guc/parameters.ts'
import { parameterNames } from '../../../../src/importers/postgresql/guc/parameters.ts'
import { made } from '../importing.ts'

// Release notes of 8.1 to 19, "Server Configuration".
describe('what counts where nobody sets a parameter', () => {
  it.each<[name: ParameterName, ...changes: (readonly [release: number, text: string])[]]>([
    ['shared_buffers', [9.2, '32 MiB'], [9.3, '128 MiB'], [19, '128 MiB']],
    ['work_mem', [9.3, '1 MiB'], [9.4, '4 MiB']],
    ['maintenance_work_mem', [9.3, '16 MiB'], [9.4, '64 MiB']],
    ['wal_buffers', [9, '64 KiB'], [9.1, '-1']],
    ['max_wal_senders', [9, '0'], [9.6, '0'], [10, '10']],
    ['max_replication_slots', [9.4, '0'], [9.6, '0'], [10, '10']],
    ['max_prepared_transactions', [8.3, '5'], [8.4, '0']],
    ['max_locks_per_transaction', [8.4, '64'], [18, '64'], [19, '128']],
    ['max_parallel_workers_per_gather', [9.6, '0'], [10, '2']],
    ['autovacuum', [8.2, 'off'], [8.3, 'on']],
    ['hot_standby', [9.6, 'off'], [10, 'on']],
    ['io_max_workers', [19, '8']],
  ])('%s changed with the release', (name, ...changes) => {
    for (const [release, text] of changes) {
      expect(isIn(name, release), `${release}`).toBe(true)
      expect(defaultText(name, release), `${release}`).toBe(text)
    }
  })

  it('is nothing that a release does not have', () => {
    const since = Object.fromEntries(
      parameterNames.flatMap((name) => {
        const { since: first } = lifetimeOf(name)
        return first === undefined || first < 9 ? [] : [[name, first]]
      }),
    )
    expect(since).toMatchObject({
      huge_pages: 9.4,
      huge_page_size: 14,
      shared_memory_type: 12,
      max_worker_processes: 9.4,
      max_parallel_workers: 10,
      max_logical_replication_workers: 10,
      max_wal_senders: 9,
      max_pred_locks_per_transaction: 9.1,
      max_replication_slots: 9.4,
      autovacuum_work_mem: 9.4,
      min_dynamic_shared_memory: 14,
      summarize_wal: 17,
      transaction_buffers: 17,
      io_method: 18,
      io_min_workers: 19,
    })
    expect(isIn('io_workers', 18)).toBe(true)
    expect(isIn('io_workers', 19)).toBe(false)
  })

  it('is what a server without the parameter does', () => {
    expect([8.4, 9.2, 9.3, 11].map((one) => defaultWord('shared_memory_type', one))).toEqual([
      'sysv',
      'sysv',
      'mmap',
      'mmap',
    ])
    expect(defaultWord('huge_pages', 9.3)).toBe('off')
    expect(defaultNumber('max_worker_processes', 9.3)).toBe(0)
    expect(defaultNumber('autovacuum_work_mem', 9.3)).toBe(-1)
    expect(defaultNumber('io_workers', 19)).toBe(0)
  })
})

describe('a configuration of every release', () => {
  it.each([
    '8.3',
    '8.4',
    '9.0',
    '9.1',
    '9.2',
    '9.3',
    '9.4',
    '9.6',
    '10',
    '11',
    '12',
    '14',
    '18',
    '19',
  ])('of %s calls nothing a default that it does not have', (release) => {
    const { assumed } = made('shared_buffers = 1GB\n', release)
    const defaults = Object.values(assumed).flatMap((text) =>
      [...text.matchAll(/(\w+) = [^,(]*\(PostgreSQL's default\)/g)].map(([, name]) => name ?? ''),
    )
    expect(defaults.length).toBeGreaterThan(0)
    for (const name of defaults) expect(isIn(name, Number(release)), name).toBe(true)
  })
})
