import fc from 'fast-check'
import { expect, test } from 'vitest'
import { workloadOf } from '../expected.ts'
import { anyCase } from './draw.ts'
import { onBasePages, onGigantic, onHugetlb, onShmemThp } from './menus.ts'
import { scenarioFile } from './scenario-file.ts'

const host = { memory: '1024 TiB', hugepages: { '2 MiB': 2 ** 26, '1 GiB': 2 ** 17 } }

test('every drawn case is a scenario file that the program reads, remarks and all', () => {
  const menus = [onBasePages, onShmemThp, onHugetlb, onGigantic]
  let read = 0
  fc.assert(
    fc.property(fc.oneof(...menus.map((menu) => anyCase(menu, host))), ({ exact, loose }) => {
      const remarks = ['VmPTE planned: 8 KB', 'a: [b']
      expect(workloadOf(scenarioFile(exact, remarks))).toEqual(workloadOf(JSON.stringify(exact)))
      expect(workloadOf(scenarioFile(loose, [])).regions.length).toBeGreaterThan(0)
      read += 1
    }),
  )
  expect(read).toBe(100)
})
