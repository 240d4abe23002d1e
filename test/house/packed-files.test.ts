import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

it('the package holds the program and its pages, and no test', () => {
  const options = ['pack', '--dry-run', '--json', '--ignore-scripts']
  const listed = execFileSync('npm', options, { cwd: root, encoding: 'utf8' })
  const [{ files }]: [{ files: { path: string }[] }] = JSON.parse(listed)
  const paths = files.map(({ path }) => path)
  expect(paths).toEqual(
    expect.arrayContaining([
      ...['bin/mshare-plan.js', 'dist/bundle/start.cjs', 'dist/bundle/help.json'],
      ...['dist/library/index.js', 'dist/library/index.d.ts', 'dist/LICENSES.txt'],
      ...['docs/man/mshare-plan.1', 'scenarios/scenario.schema.json'],
    ]),
  )
  const tops = new Set(paths.map((path) => path.split('/')[0]))
  expect([...tops].sort()).toEqual([
    ...['LICENSE', 'README.md', 'bin', 'dist', 'docs'],
    ...['package.json', 'scenarios'],
  ])
  expect(paths.filter((path) => /[.]test[.]|^dist\/cli\//.test(path))).toEqual([])
})
