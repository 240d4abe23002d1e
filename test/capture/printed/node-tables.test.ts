import { expect, it } from 'vitest'
import { freeBlocksIn, memoryRowIn, nodesIn } from '../../../src/capture/printed/node-tables.ts'

it('reads free blocks by order', () => {
  expect(freeBlocksIn('Node 1, zone   Normal    100     50      4      2      1 ')).toEqual({
    node: 1,
    blocks: [100, 50, 4, 2, 1],
  })
  expect(freeBlocksIn('Node 1, zone   Normal    100     x      4      2      1 ')).toBeUndefined()
})

it('counts the nodes of numastat', () => {
  expect(nodesIn('                           node0           node1')).toBe(2)
  expect(nodesIn('                          Node 0          Node 1           Total')).toBe(2)
  expect(nodesIn('no nodes')).toBeUndefined()
})

it('reads the sum of all nodes in MiB, also with a comma', () => {
  expect(memoryRowIn('PageTables                 10.50           2.25           12.75')).toBe(
    'PageTables: 13056 kB',
  )
  expect(memoryRowIn('AnonPages                   1,00           1,00            2,00')).toBe(
    'AnonPages: 2048 kB',
  )
  expect(
    memoryRowIn('HugePages_Total             0.00           0.00            0.00'),
  ).toBeUndefined()
})
