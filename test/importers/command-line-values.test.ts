import { describe, expect, it } from 'vitest'
import { touchedFrom } from '../../src/importers/command-line-values.ts'
import { AnnotatedScenario } from '../../src/scenario/annotated-scenario.ts'
import { pathText } from '../../src/units/path.ts'

const wished = (typed: string) => {
  const annotated = new AnnotatedScenario({ version: 1, host: { memory: '1 GiB' }, groups: {} })
  const touched = touchedFrom(typed, ['groups', 'a', 'maps', 0, 'touched'], annotated)
  return {
    touched,
    assumed: annotated.assumed.map(({ path }) => pathText(path)),
    notes: annotated.notes.length,
  }
}

describe('what is typed behind --touched', () => {
  it('is drawn in clusters where it says only how much', () => {
    for (const typed of ['40%', ' 0.5 %', '31GB', '1.5 gib', '64m', '1000 pages']) {
      const { touched, assumed, notes } = wished(typed)
      expect(touched).toEqual({ random: typed.trim(), in: '1 MiB' })
      expect(assumed).toEqual(['groups.a.maps[0].touched.in'])
      expect(notes).toBe(1)
    }
  })

  it('is taken as it is where it says which, or is no amount', () => {
    for (const typed of ['all', 'none', '100%', '40', 'some', '40% of it']) {
      expect(wished(typed)).toEqual({ touched: typed, assumed: [], notes: 1 })
    }
  })
})
