import { expect, it } from 'vitest'
import { templateNames } from '../../../src/importers/templates/template.ts'
import { templates } from '../../../src/importers/templates/templates.ts'
import { bytes } from '../../../src/units/quantity.ts'
import { parseSize } from '../../../src/units/size.ts'

it('have the backing of their program', () => {
  const values = templateNames.map((name) => [name, templates[name].region.values])
  expect(Object.fromEntries(values)).toEqual({
    oracle: { backing: 'posix-shm', program: 'oracle' },
    postgresql: { backing: 'anonymous-shared', program: 'postgresql' },
    mysql: { backing: 'anonymous', program: 'mysql' },
    pmem: { backing: 'dax', pageSize: '2 MiB', program: 'other' },
    threads: { backing: 'anonymous', program: 'other' },
    blank: { backing: 'posix-shm', program: 'other' },
  })
})

it('have examples of memory that are sizes', () => {
  const sizes = templateNames.map((name) => parseSize(templates[name].example.memory, bytes(4096)))
  expect(sizes.every(({ ok }) => ok)).toBe(true)
})
