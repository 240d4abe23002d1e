import { expect, it } from 'vitest'
import { givenFiles } from '../../src/importers/given-files.ts'

const machine = givenFiles({
  'postgresql.conf': 'main',
  './conf.d/a.conf': 'a',
  'conf.d/b.conf': 'b',
  'conf.d/deep/c.conf': 'c',
  '/etc/my.cnf': 'my',
})

it('a file is read under each way to write its path', () => {
  for (const path of ['conf.d/a.conf', './conf.d/a.conf', '/conf.d//x/../a.conf']) {
    expect(machine.read(path)).toEqual({ ok: true, text: 'a' })
  }
  expect(machine.read('/etc/my.cnf')).toEqual({ ok: true, text: 'my' })
})

it('a folder lists its files without those below', () => {
  expect(machine.list('conf.d')).toEqual({ ok: true, names: ['a.conf', 'b.conf'] })
  expect(machine.list('.')).toEqual({ ok: true, names: ['postgresql.conf'] })
})

it('what was not given is missing, also under names that every object has', () => {
  for (const path of ['none.conf', '__proto__', 'constructor', 'toString']) {
    expect(machine.read(path)).toMatchObject({ ok: false, missing: true })
    expect(machine.list(path)).toMatchObject({ ok: false, missing: true })
  }
})
