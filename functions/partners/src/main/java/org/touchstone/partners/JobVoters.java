package org.touchstone.partners;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobReports;
import org.touchstone.partners.ask.Ballot;
import org.touchstone.partners.ask.Medium;
import org.touchstone.partners.ask.Response;
import org.touchstone.partners.voter.Voter;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.MediaStore;
import org.touchstone.storage.QuestionTakenException;

/** Asks all voters for a job's medium at once, and stores their reports together. */
public final class JobVoters {
  private final List<Voter> voters;
  private final Ballot ballot;
  private final MediaStore media;
  private final AnalysisStore analyses;
  private final Path workFolder;
  private final InstantSource clock;

  /**
   * @param workFolder for the medium's file while it is sent
   */
  public JobVoters(
      List<Voter> voters,
      Ballot ballot,
      MediaStore media,
      AnalysisStore analyses,
      Path workFolder,
      InstantSource clock) {
    this.voters = List.copyOf(voters);
    this.ballot = ballot;
    this.media = media;
    this.analyses = analyses;
    this.workFolder = workFolder;
    this.clock = clock;
  }

  /**
   * Asks them. The reports are stored when all have given one.
   *
   * @return empty when they are stored; otherwise when the wait for a callback ends first, at which
   *     time, or when a callback has come, the job is to be handed over once more
   * @throws QuestionTakenException when another delivery of the job is at work on a question
   */
  Optional<Instant> ask(Job job) throws QuestionTakenException {
    Instant start = clock.instant();
    List<Voter> asked =
        voters.stream()
            .filter(voter -> voter.tracks().contains(job.track()))
            .filter(voter -> job.options().wants(voter.name()))
            .toList();
    List<DetectorReport> reports = new ArrayList<>();
    List<Instant> waits = new ArrayList<>();
    try (Medium medium = new Medium(job.media(), media, workFolder)) {
      List<Response> first = together(asked, job, medium);
      for (int i = 0; i < first.size(); i++) {
        Response response = first.get(i);
        if (response instanceof Response.Awaited) {
          // Its callback may have come while others were asked, and found this job at work.
          response = ballot.ask(asked.get(i), job, medium);
        }
        switch (response) {
          case Response.Given(DetectorReport report) -> reports.add(report);
          case Response.Awaited(Instant until) -> waits.add(until);
        }
      }
    }
    if (!waits.isEmpty()) {
      return waits.stream().min(Instant::compareTo);
    }
    analyses.saveReports(
        new JobReports(
            job.analysisId(),
            job.media().id(),
            job.endpoint(),
            job.track(),
            reports,
            null,
            start,
            clock.instant()));
    return Optional.empty();
  }

  private List<Response> together(List<Voter> asked, Job job, Medium medium)
      throws QuestionTakenException {
    List<Response> responses = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<Response>> answers =
          asked.stream()
              .map(voter -> threads.submit(() -> ballot.ask(voter, job, medium)))
              .toList();
      for (Future<Response> answer : answers) {
        responses.add(result(answer));
      }
    }
    return responses;
  }

  private static Response result(Future<Response> answer) throws QuestionTakenException {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while voters are asked", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case QuestionTakenException taken -> throw taken;
        case RuntimeException fault -> throw fault;
        case Error error -> throw error;
        default -> throw new IllegalStateException(e.getCause());
      }
    }
  }
}
