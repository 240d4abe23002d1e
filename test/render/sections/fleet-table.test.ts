import { describe, expect, it } from 'vitest'
import type { FleetRow } from '../../../src/render/sections/fleet-row.ts'
import { fleetTable } from '../../../src/render/sections/fleet-table.ts'
import { displayWidth } from '../../../src/render/text/width.ts'

const ink = { color: false, unicode: true, width: 80 }
const narrow = { ...ink, width: 60 }

const stopped: FleetRow = {
  file: 'hosts/db-cannot-start.yaml',
  name: 'It cannot start',
  outlook: 'no-start',
  marks: [],
  pageTables: '65.8 MiB',
  share: '0.05 %',
  headroom: '91.9 GiB',
  toDo: 'raise the pool',
  verdict: 'none',
}
const safe: FleetRow = {
  file: 'hosts/measured-hugetlb-links.yaml',
  name: 'It is safe',
  outlook: 'safe',
  marks: ['mshare', 'cgroup', 'expected'],
  pageTables: '~1.0 MiB',
  share: '<0.01 %',
  headroom: '-677.8 GiB',
  toDo: '-',
  verdict: 'none',
}

/** Rows of files of these names. */
const named = (...names: string[]) => names.map((name) => ({ ...safe, file: `${name}.yaml` }))
const widest = (lines: readonly string[]) => Math.max(...lines.map(displayWidth))
/** What is left of the page tables in each line. */
const firstCells = (lines: readonly string[]) => lines.map((line) => line.split(/ {2,}/)[0])

it('has a line for each scenario, in the order given', () => {
  expect(fleetTable([stopped, safe], ink)).toEqual([
    'Scenario              Page tables    Share    Headroom  Risk      To do',
    'db-cannot-start          65.8 MiB   0.05 %    91.9 GiB  no start  raise the pool',
    'measured-h…tlb-links     ~1.0 MiB  <0.01 %  -677.8 GiB  safe *†   -',
  ])
})

it('says whose gates fail where some scenario has gates', () => {
  const gated = { ...stopped, verdict: 'fail' } as const
  expect(fleetTable([gated, safe], { ...ink, width: 100 })).toEqual([
    'Scenario                Page tables    Share    Headroom  Risk      Gates  To do',
    'db-cannot-start            65.8 MiB   0.05 %    91.9 GiB  no start  FAIL   raise the pool',
    'measured-hugetlb-links     ~1.0 MiB  <0.01 %  -677.8 GiB  safe *†   -      -',
  ])
})

it('is no wider than its cells need', () => {
  const [head] = fleetTable([{ ...stopped, file: 'db.yaml' }], { ...ink, width: 200 })
  expect(head).toBe('Scenario  Page tables   Share  Headroom  Risk      To do')
})

it('cuts names to twelve characters before what to do leaves the line', () => {
  const lines = fleetTable([{ ...safe, toDo: 'pool connections', marks: ['mshare', 'cgroup'] }], {
    ...ink,
    width: 73,
  })
  expect(lines).toEqual([
    'Scenario      Page tables    Share    Headroom  Risk     To do',
    'measur…links     ~1.0 MiB  <0.01 %  -677.8 GiB  safe *†  pool connections',
  ])
})

it('has what to do on a line of its own where names would be too short', () => {
  expect(fleetTable([stopped, safe], narrow)).toEqual([
    'Scenario          Page tables    Share    Headroom  Risk',
    '  To do',
    'db-cannot-start      65.8 MiB   0.05 %    91.9 GiB  no start',
    '  raise the pool',
    'measured…b-links     ~1.0 MiB  <0.01 %  -677.8 GiB  safe *†',
  ])
})

it('spells its signs in ASCII', () => {
  const lines = fleetTable([stopped, safe], { ...ink, unicode: false })
  expect(lines[2]).toBe('measured-...lb-links     ~1.0 MiB  <0.01 %  -677.8 GiB  safe *+   -')
})

it('paints the risk and the head, and nothing that its width depends on', () => {
  const lines = fleetTable([stopped, { ...stopped, outlook: 'safe' }], { ...ink, color: true })
  const escapeSign = '\x1b'
  const bare = lines.map((line) => line.replaceAll(new RegExp(`${escapeSign}\\[\\d+m`, 'g'), ''))
  expect(lines[1]).toContain('\x1b[1m\x1b[31mno start\x1b[39m\x1b[22m  raise')
  expect(lines[2]).toContain('\x1b[32msafe\x1b[39m      raise')
  expect(bare).toEqual(fleetTable([stopped, { ...stopped, outlook: 'safe' }], ink))
})

describe('names', () => {
  it('that are cut stay apart: those that would look alike are broken instead', () => {
    const lines = fleetTable(
      named('server-in-a-north-west-1', 'server-in-b-north-west-1', 'db'),
      narrow,
    )
    expect(firstCells(lines)).toEqual([
      ...['Scenario', '', 'server-in-a-north', '-west-1', 'server-in-b-north', '-west-1', 'db'],
    ])
    expect(widest(lines)).toBeLessThanOrEqual(60)
  })

  it.each([60, 80, 140])('of wide characters keep the columns at a width of %i', (width) => {
    const lines = fleetTable(named('東京のデータベースサーバー第一号機と予備機', 'db'), {
      ...ink,
      width,
    })
    expect(widest(lines)).toBeLessThanOrEqual(width)
    const ends = lines
      .filter((line) => line.includes('MiB'))
      .map((line) => displayWidth(line.slice(0, line.indexOf('MiB'))))
    expect(ends).toHaveLength(2)
    expect(new Set(ends).size).toBe(1)
  })

  it('show control characters escaped', () => {
    const [, line] = fleetTable(named('red\x1b[31m\u202e'), ink)
    expect(line).toMatch(/^red\\x1b\[31m\\u202e {2}/)
  })
})
