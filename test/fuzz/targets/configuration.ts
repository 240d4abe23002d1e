import { numberParameters } from '../../../src/importers/postgresql/guc/number-parameters.ts'
import type { Choices } from '../choices.ts'
import { damagedBytes, damagedText } from '../damage.ts'
import { hostileNumber, hostileText } from '../hostile.ts'
import { configurations, forms } from '../material.ts'
import type { Target } from './target.ts'

interface Kind {
  readonly file: string
  readonly names: readonly string[]
  readonly start: string
  readonly includes: readonly string[]
}

const kinds: readonly Kind[] = [
  {
    file: 'postgresql.conf',
    start: '',
    names: [
      ...Object.keys(numberParameters),
      'huge_pages',
      'shared_memory_type',
      'shared_preload_libraries',
      'data_directory',
      'include',
      'include_dir',
      'include_if_exists',
    ],
    includes: [
      "include 'more.conf'",
      "include_dir 'conf.d'",
      "include_if_exists '/etc/passwd'",
      "include 'postgresql.conf'",
    ],
  },
  {
    file: 'my.cnf',
    start: '[mysqld]\n',
    names: [
      'innodb_buffer_pool_size',
      'innodb-buffer-pool-instances',
      'key_buffer_size',
      'max_connections',
      'large-pages',
      'performance_schema',
      'table_open_cache',
      'innodb_log_buffer_size',
      'query_cache_size',
      'sort_buffer_size',
      'loose-x',
      'skip-large-pages',
      'thread_stack',
      'innodb_buffer_pool_chunk_size',
    ],
    includes: [
      '!include more.cnf',
      '!includedir conf.d',
      '[mysqld-8.0]',
      '[mariadb]',
      '[client]',
      '!include my.cnf',
      '[mysqld1]',
    ],
  },
  {
    file: 'init.ora',
    start: 'sga_target = 8G\n',
    names: [
      'sga_target',
      'sga_max_size',
      'memory_target',
      'memory_max_target',
      'pga_aggregate_target',
      'processes',
      'sessions',
      'use_large_pages',
      'db_cache_size',
      'shared_pool_size',
      '*.sga_target',
      'orcl1.processes',
      'log_buffer',
      'cluster_database',
      '_ksmg_granule_size',
    ],
    includes: ['ifile=more.ora', 'SPFILE=x', "ifile='init.ora'"],
  },
]

/** Configurations of databases, made of their settings and damaged. */
export const configuration: Target = {
  share: 5,
  draw: (choices) => {
    if (choices.oneIn(2)) return drawForm(choices)
    const { file, names, start, includes } = choices.pick(kinds)
    const made = start + choices.some(12, () => lineOf(names, includes, choices)).join('\n')
    const other = choices.some(6, () => lineOf(names, includes, choices)).join('\n')
    return {
      argv: [
        'import',
        file,
        '--memory',
        '64GB',
        ...choices.some(3, () => choices.pick(flags)).flat(),
      ],
      files: {
        [file]: damaged(choices.oneIn(3) ? choices.pick(configurations) : made, choices),
        'more.conf': other,
        'more.cnf': other,
        'more.ora': other,
        'conf.d/a.conf': other,
        'conf.d/a.cnf': other,
      },
    }
  },
}

function drawForm(choices: Choices): ReturnType<Target['draw']> {
  const [file, text] = choices.pick(forms)
  const more = choices.some(2, () => choices.pick(formFlags)).flat()
  return {
    argv: ['import', file, '--memory', '64GB', ...more],
    files: { [file]: damaged(text, choices) },
  }
}

const formFlags = [
  ['-f', 'json'],
  ['--instances', '3'],
  ['--kind', 'patroni'],
  ['--kind', 'pg-settings'],
  ['--release', '15'],
  ['--connections', '300'],
]

const flags = [
  ...[
    ['-f', 'json'],
    ['-o', 'out.yaml'],
    ['--connections', '300'],
    ['--touched', '40%'],
    ['--data-size', '5GB'],
    ['--release', '12'],
    ['--release', '8.0'],
  ],
  ...[
    ['--release', '19.3'],
    ['--kind', 'mysql'],
    ['--kind', 'oracle'],
    ['--swap', '1GB'],
    ['--root', '.'],
    ['-q'],
  ],
]

function lineOf(names: readonly string[], includes: readonly string[], choices: Choices): string {
  if (choices.oneIn(12)) return choices.pick(includes)
  const value = (choices.oneIn(12) ? choices.pick([hostileNumber, hostileText]) : amount)(choices)
  return (
    choices.pick(names) +
    choices.pick([' = ', '=', ' ', ' = ', '\t=']) +
    choices.pick([value, value, `'${value}'`, `"${value}"`, `${value} # ${value}`])
  )
}

function amount(choices: Choices): string {
  return `${choices.below(2000)}${choices.pick(['', '', '', '', '', '', 'MB', 'M', 'G', 'kB', 'K', '%'])}`
}

function damaged(text: string, choices: Choices): string | Uint8Array {
  const kind = choices.below(5)
  if (kind < 2) return text
  return kind < 4
    ? damagedText(text, choices, configurations)
    : damagedBytes(new TextEncoder().encode(text), choices)
}
