import { describe, expect, it } from 'vitest'
import { made, processesOf } from './importing.ts'

const workers = (text: string, release = '18') =>
  processesOf(made(text, release))['background-workers'] ?? 0

describe('background workers', () => {
  it('are no more than may run, however many slots there are', () => {
    const slots = 'max_worker_processes = 128\n'
    expect(workers(`${slots}max_parallel_workers = 6\n`)).toBe(6 + 4)
    expect(workers(slots)).toBe(8 + 4)
    expect(workers(`${slots}max_parallel_workers = 0\nmax_logical_replication_workers = 0\n`)).toBe(
      0,
    )
    expect(workers('')).toBe(8)
    expect(workers('max_worker_processes = 5\nmax_parallel_workers = 64\n')).toBe(5)
  })

  it('have their slots in the shared memory', () => {
    const sizeOf = (text: string) =>
      made(`huge_pages = off\n${text}`, '18').scenario.regions?.['shared-memory']?.size
    const bounded = 'max_parallel_workers = 6\n'
    expect(sizeOf(`${bounded}max_worker_processes = 128\n`)).not.toBe(sizeOf(bounded))
  })

  it('are joined by those of libraries that are known to start some', () => {
    const with128 = (more: string) =>
      workers(`max_worker_processes = 128\nmax_parallel_workers = 6\n${more}`)
    expect(
      with128("shared_preload_libraries = 'pg_cron, pg_stat_statements, auto_explain'\n"),
    ).toBe(11)
    expect(with128("shared_preload_libraries = 'pg_prewarm,pg_wait_sampling'\n")).toBe(12)
    expect(with128("shared_preload_libraries = 'pg_prewarm'\npg_prewarm.autoprewarm = off\n")).toBe(
      10,
    )
    expect(
      with128(
        "shared_preload_libraries = 'timescaledb'\ntimescaledb.max_background_workers = 32\n",
      ),
    ).toBe(43)
    expect(with128("shared_preload_libraries = 'timescaledb'\n")).toBe(27)
    expect(
      with128(
        "shared_preload_libraries = 'pg_cron'\ncron.use_background_workers = on\ncron.max_running_jobs = 20\n",
      ),
    ).toBe(31)
  })

  it('of libraries that are not known are said not to be counted', () => {
    const { opening } = made(
      'shared_preload_libraries = \'foo, pg_cron, "$libdir/bar.so"\'\n',
      '18',
    )
    expect(opening).toContain(
      'Not counted, because their number is unknown: background workers of foo, bar.',
    )
  })

  it('came with 9.3 for libraries, with 9.4 in slots, with 9.6 for parallel queries', () => {
    expect(workers('', '9.2')).toBe(0)
    expect(workers('', '9.3')).toBe(0)
    expect(workers("shared_preload_libraries = 'powa'\n", '9.3')).toBe(1)
    expect(workers("shared_preload_libraries = 'powa'\n", '9.4')).toBe(1)
    expect(workers('', '9.6')).toBe(0)
    expect(workers('max_worker_processes = 16\nmax_parallel_workers_per_gather = 4\n', '9.6')).toBe(
      16,
    )
    expect(workers('', '10')).toBe(8)
  })
})

describe('the processes of a release', () => {
  it.each([
    ['8.4', { backends: 100, 'autovacuum-workers': 3, writers: 1, auxiliary: 3 }],
    ['9.2', { backends: 100, 'autovacuum-workers': 3, writers: 2, auxiliary: 3 }],
    [
      '10',
      {
        backends: 100,
        'autovacuum-workers': 3,
        'background-workers': 8,
        'wal-senders': 10,
        writers: 2,
        auxiliary: 3,
      },
    ],
    [
      '18',
      {
        backends: 100,
        'autovacuum-workers': 3,
        'background-workers': 8,
        'wal-senders': 10,
        writers: 5,
        auxiliary: 3,
      },
    ],
    [
      '19',
      {
        backends: 100,
        'autovacuum-workers': 3,
        'background-workers': 8,
        'wal-senders': 10,
        writers: 10,
        auxiliary: 3,
      },
    ],
  ])('%s are those that it has', (release, expected) => {
    expect(processesOf(made('', release))).toEqual(expected)
  })

  it('include the launcher of logical replication where a slot is left for it', () => {
    expect(processesOf(made('max_worker_processes = 13\n', '18'))['auxiliary']).toBe(4)
    expect(processesOf(made('max_worker_processes = 12\n', '18'))['auxiliary']).toBe(3)
    expect(
      processesOf(made('max_worker_processes = 12\nmax_logical_replication_workers = 0\n', '18'))[
        'auxiliary'
      ],
    ).toBe(3)
  })

  it('include I/O workers, since 19 as many as may be started', () => {
    expect(processesOf(made('io_workers = 7\n', '18'))['writers']).toBe(9)
    expect(processesOf(made('io_max_workers = 12\n', '19'))['writers']).toBe(14)
    expect(processesOf(made('io_min_workers = 9\n', '19'))['writers']).toBe(11)
    expect(processesOf(made('io_method = sync\n', '19'))['writers']).toBe(2)
  })
})
