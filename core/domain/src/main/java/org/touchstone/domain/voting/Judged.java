package org.touchstone.domain.voting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.Reason;

/**
 * Reports of jobs that went on to another endpoint: there, somebody judged what the first endpoint
 * had written down. The report of the second endpoint takes the place of the first one's by the
 * same detector. Where the second one has not reported, or was lost, the first one's stays and says
 * so.
 */
public final class Judged {
  private Judged() {}

  /**
   * All reports, with those of second endpoints in place of the first ones'.
   *
   * @param jobs the planned jobs
   * @param reports of both endpoints, in any order
   */
  public static List<JobReports> replaced(List<Job> jobs, List<JobReports> reports) {
    Map<List<String>, Job> first = new HashMap<>();
    Map<List<String>, JobReports> second = new HashMap<>();
    for (Job job : jobs) {
      if (job.next() != null) {
        first.put(List.of(job.media().id(), job.endpoint()), job);
        second.put(List.of(job.media().id(), job.next().endpoint()), null);
      }
    }
    List<JobReports> others = new ArrayList<>();
    for (JobReports each : reports) {
      List<String> key = List.of(each.mediaId(), each.endpoint());
      if (second.containsKey(key)) {
        second.put(key, each);
      } else {
        others.add(each);
      }
    }
    return others.stream()
        .map(
            each -> {
              Job job = first.get(List.of(each.mediaId(), each.endpoint()));
              return job == null
                  ? each
                  : each.withReports(
                      judged(
                          each.reports(),
                          second.get(List.of(each.mediaId(), job.next().endpoint()))));
            })
        .toList();
  }

  /**
   * Whether a report is one that goes on: what was said is written down, and nobody has judged it.
   */
  public static boolean goesOn(DetectorReport report) {
    return report.reason() == Reason.NOT_CONFIGURED
        && report.evidence() != null
        && report.evidence().speech() != null
        && !report.evidence().speech().passages().isEmpty();
  }

  private static List<DetectorReport> judged(List<DetectorReport> reports, JobReports second) {
    Map<String, DetectorReport> judged = new HashMap<>();
    if (second != null) {
      second.reports().forEach(report -> judged.put(report.detector(), report));
    }
    return reports.stream()
        .map(
            report -> {
              DetectorReport other = judged.get(report.detector());
              if (other != null) {
                return other;
              }
              return goesOn(report) ? unanswered(report) : report;
            })
        .toList();
  }

  private static DetectorReport unanswered(DetectorReport report) {
    return DetectorReport.abstained(
            report.detector(),
            report.modelVersion(),
            report.category(),
            Reason.NO_ANSWER,
            "The judge has not answered.")
        .withEvidence(report.evidence())
        .withTimings(report.timings());
  }
}
