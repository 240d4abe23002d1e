import type { TestedElsewhere } from './tested-elsewhere.ts'

export const geometry: TestedElsewhere = {
  'src/geometry/arm64-16k-36.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/arm64-16k-47.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/arm64-16k-48.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/arm64-16k-52.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/arm64-4k-39.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/arm64-4k-48.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/arm64-4k-52.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/arm64-64k-42.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/arm64-64k-48.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/arm64-64k-52.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/arm64.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/catalogue.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/derive-levels.ts': {
    why: 'to be split',
    test: 'test/geometry/x86-64.test.ts',
  },
  'src/geometry/layout.ts': {
    why: 'to be split',
    test: 'test/geometry/support-matrix.test.ts',
  },
  'src/geometry/ppc64-radix-4k.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/ppc64-radix-64k.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/ppc64-radix.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/riscv64-sv39.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/riscv64-sv48.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/riscv64-sv57.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/riscv64.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/s390x.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/x86-64-5level.ts': {
    why: 'to be split',
    test: 'test/geometry/sources.test.ts',
  },
  'src/geometry/x86.ts': {
    why: 'to be split',
    test: 'test/geometry/x86-64.test.ts',
  },
}
