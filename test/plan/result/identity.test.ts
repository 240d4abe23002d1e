import { expect, it } from 'vitest'
import { identityOf } from '../../../src/plan/result/identity.ts'
import { fingerprint } from '../../../src/workload/fingerprint.ts'
import { workload } from '../../build.ts'

it('a scenario that is named only is of standard input, with the fingerprint of what is planned', () => {
  const planned = workload({ groups: { clients: { processes: 3 } } })
  expect(identityOf(planned, { name: 'db' })).toEqual({
    name: 'db',
    file: '-',
    fingerprint: fingerprint(planned),
  })
})

it('a file and a fingerprint that are given are kept', () => {
  const given = { name: 'db', file: 'db.yaml', fingerprint: 'of the scenario as it was read' }
  expect(identityOf(workload({}), given)).toEqual(given)
})
