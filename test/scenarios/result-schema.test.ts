import { join } from 'node:path'
import ts from 'typescript'
import { beforeAll, describe, expect, it } from 'vitest'
import { refusedPlaces } from '../scenario/zod/draft-07.ts'
import { schemaOfType } from './schema-of-type.ts'
import { answerTo, root } from './shipped.ts'

let schema: { readonly definitions: Readonly<Record<string, object>> }

beforeAll(() => {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const path = join(root, 'src/plan/result/published.ts')
  const { schema: published, definitions } = schemaOfType(
    ts.createProgram([path], options),
    path,
    'Published',
  )
  schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://unpkg.com/mshare-plan@0/docs/result.schema.json',
    title: 'Results of mshare-plan',
    ...published,
    definitions,
  } as typeof schema
})

// After a change of the types: npx vitest run --project scenarios test/scenarios/result-schema --update
it('the schema that ships is made of the types that results have', async () => {
  const { definitions, ...rest } = schema
  // A line for each type: as legible in a diff, and a tenth shorter where it is packed.
  const types = Object.entries(definitions).map(
    ([name, type]) => ` "${name}": ${JSON.stringify(type)}`,
  )
  const head = JSON.stringify(rest).replace(/\}$/, '')
  const text = `${head},"definitions":{\n${types.join(',\n')}\n}}\n`
  await expect(text).toMatchFileSnapshot('../../docs/result.schema.json')
})

describe('the schema of results', () => {
  it.each([
    ['Result', ['plan', 'scenarios/multi-tenant.yaml']],
    ['Results', ['plan', 'scenarios/']],
    ['Results', ['check', 'scenarios/s*.yaml', '--max-page-tables', '5%', '--fail-on', 'warning']],
    ['VerifyResult', ['verify', 'scenarios/measured-hugetlb-links.yaml', '--max-residual', '2%']],
    ['VerifyList', ['verify', 'scenarios/measured-*.yaml']],
    ['LimitsResult', ['limits', 'scenarios/oracle-mixed-sga.yaml']],
    [
      'SweepResult',
      [
        'sweep',
        'scenarios/multi-tenant.yaml',
        '--vary',
        'host.memory=64GB,256GB',
        '--metric',
        'verdict',
      ],
    ],
    ['DiffResult', ['diff', 'scenarios/multi-tenant.yaml', 'scenarios/oracle-mixed-sga.yaml']],
    ['LimitsList', ['limits', 'scenarios/five-level.yaml', 'scenarios/permissions.yaml', 'memory']],
  ])('has every key of %s: %j', async (definition, argv) => {
    expect(refused(definition, await printed(argv))).toEqual([])
  })

  it.each([
    ['plan', 'scenarios/permissions.yaml'],
    ['verify', 'scenarios/measured-at-random.yaml'],
    ['limits', 'scenarios/permissions.yaml', 'memory'],
  ])('takes what is printed, whichever command prints it: %s', async (...argv) => {
    expect(refusedPlaces(schema, await printed(argv))).toEqual([])
  })
})

it('a reader of the schema is told what every key of a plan means', () => {
  const read = [
    ...['Result', 'ScenarioIdentity', 'HostResult', 'PlannedStrategy', 'RefusedStrategy'],
    ...['PageTables', 'LevelTotal', 'GroupResult', 'RegionResult', 'Savings', 'Memory'],
    ...['PoolResult', 'Commit', 'Risk', 'CgroupRisk', 'Victim', 'GateResult', 'Setting'],
  ]
  const silent = read.flatMap((name) => {
    const { properties } = schema.definitions[name] as { readonly properties: Json }
    return Object.entries(properties).flatMap(([key, value]) =>
      'description' in (value as Json) || '$ref' in (value as Json) ? [] : [`${name}.${key}`],
    )
  })
  expect(silent).toEqual([])
})

/** An object in JSON. */
type Json = Readonly<Record<string, unknown>>

describe('a result with a fault', () => {
  it.each<[string, (right: Json, first: Json) => Json, string]>([
    ['another schema', (right) => ({ ...right, schema: 'mshare-plan/result/2' }), '/schema'],
    ['a key that no type has', (right) => ({ ...right, colour: 'red' }), '/colour'],
    ['no verdict', ({ verdict, ...others }) => others, ''],
    [
      'half a fault',
      (right, first) => ({
        ...right,
        strategies: [{ ...first, faults: { populate: 0.5, link: 0 } }],
      }),
      '/strategies/0/faults/populate',
    ],
    [
      'a status that does not exist',
      (right, first) => ({ ...right, strategies: [{ ...first, status: 'planned' }] }),
      '/strategies/0/status',
    ],
  ])('is refused, with its place: %s', async (_, spoil, place) => {
    const right = await printed(['plan', 'scenarios/oracle-sga-300g.yaml'])
    const [first] = right['strategies'] as readonly Json[]
    expect(refused('Result', right)).toEqual([])
    expect(refused('Result', spoil(right, first ?? {}))).toEqual([place])
  })
})

async function printed(argv: readonly string[]): Promise<Json> {
  const { stdout } = await answerTo([...argv, '--format', 'json'])
  return JSON.parse(stdout)
}

/** By one definition, so that the place of a fault is named. */
function refused(definition: string, value: unknown): readonly string[] {
  const { definitions } = schema
  return refusedPlaces({ definitions, $ref: `#/definitions/${definition}` }, value)
}
