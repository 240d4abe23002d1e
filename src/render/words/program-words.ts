import type { Advice, OnHugePages, PooledRegion } from '../../plan/result/advice-result.ts'

/** Programs as their makers write them. */
export const programNames: Readonly<Record<PooledRegion['program'], string>> = {
  postgresql: 'PostgreSQL',
  oracle: 'Oracle',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  java: 'Java',
  redis: 'Redis',
  hana: 'SAP HANA',
  other: 'the program',
}

/** What is put on huge pages, by itself or before something else. */
export function pooledIn(each: Advice): OnHugePages | undefined {
  if (each.action === 'huge-pages') return each
  return 'onHugePages' in each ? each.onHugePages : undefined
}
