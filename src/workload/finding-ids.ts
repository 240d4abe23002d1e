/**
 * What can be found, with stable ids: the page docs/findings/<id>.md. New kinds take new numbers; none
 * is used twice. Known here, below the plan that finds, because a scenario may waive any of them.
 */
export const findingIds = {
  'mshare-costs-more': 'MSP001',
  'mshare-saves-little': 'MSP002',
  'addresses-differ': 'MSP003',
  'owner-short-lived': 'MSP004',
  'sharer-outside-owner-cgroup': 'MSP005',
  'posted-code-defects': 'MSP006',
  'innocent-victim': 'MSP007',
  'own-tables-kept': 'MSP008',
  'private-exceeds-base-tables': 'MSP009',
  'tables-exceed-data': 'MSP010',
  'few-pages-touch-most-tables': 'MSP011',
  'huge-pages-do-it-today': 'MSP012',
  'nothing-to-gain': 'MSP013',
  'private-regions-united': 'MSP014',
  'swap-cannot-help': 'MSP015',
  'base-tables-decide': 'MSP016',
  'pool-too-small': 'MSP017',
  'stranded-huge-pages': 'MSP018',
  'linked-tables': 'MSP019',
  'overcommit-refuses': 'MSP020',
  'tables-decide': 'MSP021',
  'assumption-decides': 'MSP022',
  'pool-exceeds-memory': 'MSP023',
  'owner-is-single-point': 'MSP024',
  'private-writes-shared': 'MSP025',
  'waiver-expired': 'MSP030',
  'waiver-unmatched': 'MSP031',
} as const
