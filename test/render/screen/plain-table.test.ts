import { expect, it } from 'vitest'
import { plainTable } from '../../../src/render/screen/plain-table.ts'
import { plain } from './servers.ts'

it('ends numbers below each other and begins names below each other', () => {
  const rows = [
    { label: 'shared', cells: ['16 GiB', '25 %'] },
    { label: 'all', cells: ['64 GiB'] },
  ]
  expect(plainTable(['Taken by', 'Memory', 'Share'], rows, plain)).toEqual([
    'Taken by  Memory  Share',
    'shared    16 GiB   25 %',
    'all       64 GiB',
  ])
})

it('breaks a name that is too long for the line, and no number', () => {
  const label = 'kernel objects, cached files, kernel stacks, page tables of virtual machines'
  const lines = plainTable(['Taken by', 'Memory'], [{ label, cells: ['1.5 GiB'] }], {
    ...plain,
    width: 60,
  })
  expect(lines).toEqual([
    `Taken by${' '.repeat(46)}Memory`,
    'kernel objects, cached files, kernel stacks, page    1.5 GiB',
    'tables of virtual machines',
  ])
})
