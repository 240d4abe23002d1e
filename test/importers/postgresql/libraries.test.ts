import { describe, expect, it } from 'vitest'
import { parseGucFile } from '../../../src/importers/postgresql/guc/guc-file.ts'
import { settingsOf } from '../../../src/importers/postgresql/guc/settings.ts'
import { librariesIn, preloaded } from '../../../src/importers/postgresql/libraries.ts'

function loaded(text: string, release: number, backends = 100) {
  const { lines } = parseGucFile({ file: 'pg.conf', text })
  return preloaded({ release, settings: settingsOf(lines, release).settings, backends })
}
const named = (names: string, more = '') => `shared_preload_libraries = '${names}'\n${more}`

describe('a list of libraries', () => {
  it('has names with and without quotes, folder and ending, each once', () => {
    expect(librariesIn('pg_stat_statements, "$libdir/auto_explain.so",,auto_explain')).toEqual([
      'pg_stat_statements',
      'auto_explain',
    ])
  })
})

describe('a preloaded library', () => {
  it('that shares nothing takes nothing', () => {
    expect(loaded(named('auto_explain'), 18)).toEqual([
      { name: 'auto_explain', bytes: 0, margin: 0, workers: 0 },
    ])
  })

  it('that is unknown may take 16 MiB, and nobody knows its workers', () => {
    expect(loaded(named('foo'), 18)).toEqual([{ name: 'foo', bytes: 0, margin: 16 * 2 ** 20 }])
  })

  it('keeps 48 bytes for pg_prewarm from 11 to 16, whose leader can be switched off', () => {
    const bytesIn = [10, 11, 16, 17].map(
      (release) => loaded(named('pg_prewarm'), release)[0]?.bytes,
    )
    expect(bytesIn).toEqual([0, 48, 48, 0])
    const off = loaded(named('pg_prewarm', 'pg_prewarm.autoprewarm = off\n'), 18)
    expect([loaded(named('pg_prewarm'), 18)[0]?.workers, off[0]?.workers]).toEqual([1, 0])
  })

  it('starts the workers that its own settings say', () => {
    const jobs = named('timescaledb', 'timescaledb.max_background_workers = 40\n')
    expect(loaded(jobs, 17)[0]?.workers).toBe(41)
    const cron = 'cron.use_background_workers = on\ncron.max_running_jobs = 12\n'
    expect(loaded(named('pg_cron', cron), 17)[0]?.workers).toBe(13)
  })

  it('takes its default where a setting of its own is no number or out of range', () => {
    const plain = loaded(named('pg_stat_statements'), 18)
    for (const value of ['99', 'many', '5000']) {
      const set = named('pg_stat_statements', `pg_stat_statements.max = ${value}\n`)
      expect(loaded(set, 18), value).toEqual(plain)
    }
  })
})
