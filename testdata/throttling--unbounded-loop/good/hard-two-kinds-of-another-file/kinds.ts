export const KINDS = ['machines', 'users'] as const;
