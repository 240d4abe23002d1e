import { describe, expect, it } from 'vitest'
import { made } from './importing.ts'

describe('the header comment of a scenario of PostgreSQL', () => {
  it('says which release it is and who says so', () => {
    expect(made('', '18').opening[1]).toBe('PostgreSQL 18: --release.')
    expect(made('').opening[1]).toBe(
      'PostgreSQL release not found; assuming 18 (override with --release).',
    )
  })

  it('says that the rules of another release stand in', () => {
    expect(made('', '14').opening).toContain(
      'The rules of PostgreSQL 15 are used instead, so the shared memory is an estimate.',
    )
  })

  it('says that huge pages need 9.4', () => {
    expect(made('', '9.3').opening).toContain(
      'Huge pages need PostgreSQL 9.4 or later: upgrade, then import the new configuration.',
    )
  })

  it('names parameters of a server made from PostgreSQL, with their lines', () => {
    expect(made('\nedb_dynatune = 66\n', '16').opening.join('\n')).toContain(
      'Ignored settings of a server derived from PostgreSQL: edb_dynatune (pg.conf:2).',
    )
  })
})
