import { expect, test } from 'vitest'
import { applied, resultOfText } from './applied.ts'

/** PostgreSQL takes transparent huge pages of SysV segments; Oracle is not to have them in /dev/shm. */
const text = `
version: 1
host: { memory: 33 GiB }
regions:
  buffers: { size: 26 MiB, backing: sysv-shm, program: postgresql }
  sga: { size: 2 MiB, backing: posix-shm, program: oracle }
groups:
  few: { processes: 528, private: 12 MiB, maps: [{ region: buffers }, { region: sga }] }
  many: { processes: 1377, private: 17 MiB, maps: [{ region: buffers }, { region: sga }] }
`

test('the switch for shared memory leaves regions alone that have an option of their own', () => {
  const thp = resultOfText(text).advice.find(({ action }) => action === 'transparent-huge-pages')
  if (thp === undefined) throw new RangeError('no transparent huge pages are advised')
  expect(thp.changes).toEqual([
    { path: 'host.thp.shmem', value: 'always' },
    { path: 'regions.buffers.thp', value: true },
    { path: 'regions.sga.thp', value: false },
  ])
  const [described] = resultOfText(applied(text, thp)).strategies
  if (described?.applies !== true) throw new RangeError('as-described was not planned')
  expect(described.memory.headroomBytes).toBe(thp.headroomBytes)
  expect(described.pageTables.bytes).toBe(thp.pageTableBytes)
})
