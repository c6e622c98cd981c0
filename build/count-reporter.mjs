// A Vitest reporter that writes the counts, those of the window's specs among them, and every skip's reason to the file named in MI_LINK_TEST_COUNTS.
import { writeFileSync } from "node:fs";

/** Vitest calls it with every test module when the run is over. */
export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: [], windowSpecs: 0 };
    for (const module of modules) {
      // A module that does not load fails without running a test.
      counts.failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === "passed") {
          counts.passed += 1;
          if (module.relativeModuleId.startsWith("test/app/")) counts.windowSpecs += 1;
        } else if (result.state === "skipped") {
          counts.skipped.push({ name: test.fullName, reason: result.note ?? "no reason given" });
        } else counts.failed += 1;
      }
      for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
    }
    writeFileSync(process.env.MI_LINK_TEST_COUNTS, JSON.stringify(counts));
  }
}
