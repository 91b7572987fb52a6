const TEST_PATH =
  /(?:^|\/)(?:__(?:tests?|mocks|e2e|integration)__|tests?|specs?|e2e|(?:e2e|integration|acceptance|smoke|functional|system)-tests?|cypress|playwright|testing|test-utils?|test-helpers?|tests?-(?:apps?|data|docker|env|infra|projects?|servers?|setup|support)|fixtures|mocks?|mock-[\w-]+|benchmarks?|bench)\/|[.-](?:(?:server|client|api|unit|integration)?test|spec|e2e-spec|e2e|cy|stories|story|bench|mock)\.[cm]?[jt]sx?$|(?:^|\/)(?:jest|vitest|karma|cypress|playwright|mocha)\b[^/]*\.[cm]?[jt]s$/;

/** Whether a file is a test or helps tests, by its path. */
export function isTestFile(file: string): boolean {
  return TEST_PATH.test(file);
}
