/** Put in by scripts/lib/hosted.mjs: address from the folder -> integrity. */
declare const KPI_FILES: Record<string, string>;
/** Hash of all files of the release. */
declare const KPI_VERSION: string;
