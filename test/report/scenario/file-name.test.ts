import { expect, it } from 'vitest'
import { fileNameFor } from '../../../src/report/scenario/file-name.ts'

it.each([
  ['hosts/server.yaml', 'server.changed.yaml'],
  ['C:\\hosts\\server.YML', 'server.changed.yaml'],
  ['../../etc/<passwd>', 'passwd.changed.yaml'],
  ['...', 'scenario.changed.yaml'],
])('calls the changed scenario of %s %s', (file, name) => {
  expect(fileNameFor({ file, name: 'Server' })).toBe(name)
})

it('takes the name of a scenario that was piped', () => {
  expect(fileNameFor({ file: '-', name: 'Big server' })).toBe('Big-server.changed.yaml')
})
