package org.touchstone.worker;

import org.touchstone.domain.Job;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.Json;
import org.touchstone.domain.voting.Judged;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Hands a job on to the endpoint that judges what this one has written down. Whoever waits for the
 * job then waits for that endpoint. A job that is handed on twice is judged once.
 */
final class HandOver {
  private final SqsClient sqs;

  HandOver(SqsClient sqs) {
    this.sqs = sqs;
  }

  /** Whether the job goes on: it says where to, and there is something to judge. */
  static boolean isNeeded(Job job, JobReports reports) {
    return job.next() != null && reports.reports().stream().anyMatch(Judged::goesOn);
  }

  /** Sends the job to its next endpoint. */
  void send(Job job) {
    Job next = job.handedOn();
    sqs.sendMessage(r -> r.queueUrl(next.queueUrl()).messageBody(Json.string(next)));
  }
}
