import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { databases, importKinds } from '../../src/importers/databases.ts'
import { guessDatabase, importDatabase } from '../../src/importers/importers.ts'
import { readScenario } from '../../src/scenario/read-scenario.ts'
import { writeScenario } from '../../src/scenario/write-scenario.ts'
import { cpuTime } from '../cpu-time.ts'
import { libraryOf } from './folders.ts'
import { fixture } from './imported.ts'

const words = fc.constantFrom(
  'shared_buffers',
  'max_connections',
  'huge_pages',
  'include',
  'include_dir',
  'data_directory',
  '[mysqld]',
  'innodb_buffer_pool_size',
  'large_pages',
  '!include',
  '!includedir',
  '*.sga_target',
  'memory_target',
  'ifile',
  'orcl.processes',
  'use_large_pages',
  'lock_sga',
  ' = ',
  '=',
  "'",
  '"',
  '\\',
  '\n',
  '#',
  '\0',
  'on',
  '1',
  '64',
  '999999999999999999',
  '16GB',
  '8G',
  '3000000',
  "'main'",
  'main',
  '-1',
  '1.5',
  'é',
  '\ud800',
)
/** Without these hardly a text would become a scenario. */
const beginnings: Readonly<Record<string, string>> = {
  postgresql: '',
  oracle: 'sga_target=8G\n',
  mysql: '[mysqld]\n',
  helm: fixture('values.yaml'),
  compose: fixture('docker-compose.yml'),
  configmap: fixture('configmap.yaml').replace("    include_dir 'conf.d'\n", ''),
  patroni: fixture('patroni.yml'),
  cloudnativepg: fixture('cloudnativepg.yaml'),
  zalando: fixture('zalando.yaml'),
  crunchy: fixture('pgo.yaml'),
  'alter-system': fixture('pgtune.sql'),
  'pg-settings': fixture('pg-settings.txt'),
  'mysql-variables': fixture('mysql-variables.txt'),
  sqlplus: fixture('sqlplus.txt'),
}
const texts = fc.array(fc.oneof(words, fc.string({ maxLength: 8 })), { maxLength: 40 })

describe.each(importKinds.filter((one) => one !== 'oom-report'))(
  'whatever a file of %s says',
  (database) => {
    it('it becomes a scenario that can be read, or issues', () => {
      const made = { scenarios: 0, refused: 0 }
      fc.assert(
        fc.property(fc.constantFrom('', beginnings[database] ?? ''), texts, (beginning, parts) => {
          const text = `${beginning}${parts.join('')}`
          const library = libraryOf({ main: text })
          // A release that nobody knows: then a name that nobody knows is no mistake.
          const imported = importDatabase(database, 'main', library, {
            memory: '512 GB',
            release: '99',
          })
          guessDatabase('main', text)
          if (!imported.ok) {
            made.refused += 1
            expect(imported.flaws.length).toBeGreaterThan(0)
            return
          }
          made.scenarios += 1
          const read = readScenario(writeScenario(imported.annotated), 'main.yaml')
          const sizes = /too large|exceed the limit of Linux|past|address|room/
          if (!read.ok) for (const { message } of read.issues) expect(message).toMatch(sizes)
        }),
        { numRuns: databases.some((one) => one === database) ? 400 : 150 },
      )
      expect(made.refused).toBeGreaterThan(0)
      expect(made.scenarios).toBeGreaterThan(0)
    })

    it('an eighth of a megabyte of anything ends in time', () => {
      for (const part of [
        'a',
        ' ',
        '\n',
        '=',
        "'",
        'a = 1\n',
        "include 'main'\n",
        '!include main\n',
        '|',
        '"',
        '- ',
        '*a ',
        '{{',
        '[',
        '---\n',
        'ALTER SYSTEM SET ',
        '/*',
      ]) {
        const text = `${beginnings[database] ?? ''}${part.repeat(Math.floor(2 ** 17 / part.length))}`
        const before = cpuTime()
        guessDatabase('main', text)
        importDatabase(database, 'main', libraryOf({ main: text }), { memory: '512 GB' })
        expect(cpuTime() - before, JSON.stringify(part)).toBeLessThan(10_000)
      }
    })
  },
)
