/**
 * The release that the tag of an image says: `postgres:16.3-alpine`, `timescaledb:2.14-pg16`,
 * `ghcr.io/cloudnative-pg/postgresql:16.2@sha256:…`. `undefined` for `latest`.
 */
export function releaseOfImage(image: string): string | undefined {
  const tag = /:([\w][\w.-]{0,127})(?:@.*)?$/.exec(image)?.[1] ?? ''
  return (
    /(?:^|[-_])pg(\d{1,2})\b/.exec(tag)?.[1] ?? /^v?(\d{1,2}(?:[.]\d{1,3}){0,2})\b/.exec(tag)?.[1]
  )
}

/** Which database an image is of, by its name; `undefined` where the name does not say. */
export function databaseOfImage(image: string): 'postgresql' | 'mysql' | undefined {
  const [last = ''] = image.split('/').slice(-1)
  const name = last.replace(/[:@].*$/, '').toLowerCase()
  if (/postg|timescale|spilo|^pgvector|^citus/.test(name)) return 'postgresql'
  return /mysql|mariadb|^percona/.test(name) ? 'mysql' : undefined
}
