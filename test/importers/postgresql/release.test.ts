import { describe, expect, it } from 'vitest'
import { releaseOf } from '../../../src/importers/postgresql/release.ts'
import { libraryOf } from '../folders.ts'

const none = libraryOf({})
const given = (release: string) => releaseOf('postgresql.conf', '', none, release)

describe('the release of a configuration', () => {
  it('has two numbers up to 9, and one since 10', () => {
    expect(given('9.6.24')).toMatchObject({ series: '9.6', defaults: 9.6, source: '--release' })
    expect(given('9').series).toBe('9')
    expect(given('16.3')).toMatchObject({ series: '16', defaults: 16, major: 16 })
  })

  it('is computed by the rules of the nearest release that was measured', () => {
    const rules = ['8.4', '14', '15', '17', '18', '19', '25'].map((one) => given(one).rules)
    expect(rules).toEqual([15, 15, 15, 17, 18, 18, 18])
  })

  it('may have unknown parameters past 19', () => {
    expect(['18', '19', '20'].map((one) => given(one).isNewer)).toEqual([false, false, true])
  })

  it('is in PG_VERSION of the data directory', () => {
    const library = libraryOf({ 'data/PG_VERSION': '9.5\n' })
    expect(releaseOf('postgresql.conf', 'data/', library)).toMatchObject({
      series: '9.5',
      source: 'data/PG_VERSION',
    })
    const text = libraryOf({ 'data/PG_VERSION': 'what?\n' })
    expect(releaseOf('postgresql.conf', 'data/', text)).not.toHaveProperty('series')
  })

  it('is in paths of Debian and of the PostgreSQL repository', () => {
    const seriesOf = (path: string) => releaseOf(path, '', none).series
    expect(seriesOf('/etc/postgresql/9.6/main/postgresql.conf')).toBe('9.6')
    expect(seriesOf('/var/lib/pgsql/16/data/postgresql.conf')).toBe('16')
    expect(seriesOf('/usr/local/pgsql-17/postgresql.conf')).toBe('17')
    expect(seriesOf('/srv/db/postgresql.conf')).toBeUndefined()
  })
})
