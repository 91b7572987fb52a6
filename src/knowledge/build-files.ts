const BUILD_PATH =
  /(?:^|\/)(?:[\w.-]+\.config|\.[\w-]+rc|gulpfile|gruntfile|webpack[\w.-]*|rollup[\w.-]*|craco\.config|next\.config)\.[cm]?[jt]s$/i;

/** Whether a file tells tools how to build, by its path. */
export function isBuildFile(file: string): boolean {
  return BUILD_PATH.test(file);
}
