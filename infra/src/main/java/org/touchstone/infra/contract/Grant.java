package org.touchstone.infra.contract;

import java.util.List;

/**
 * Permission for actions on one kind of target.
 *
 * @param target the kind of resource
 * @param actions IAM actions
 * @param paths patterns of keys, for objects; otherwise empty
 */
public record Grant(Target target, List<String> actions, List<String> paths) {

  /** The kind of resource that a permission concerns. */
  public enum Target {
    /** The bucket itself. */
    BUCKET,
    /** Objects in the bucket. */
    OBJECTS,
    /** The workflow. */
    WORKFLOW,
    /** The secrets with platforms' keys. */
    SECRETS,
    /** The queues of the endpoint, or of the voters, that receive the permission. */
    QUEUE,
    /** The queue of batches. */
    BATCHES,
    /** The queues of the judge of what is said. */
    JUDGE_QUEUE,
    /** The language model of the judge. */
    MODEL,
    /** Transcription jobs of the endpoints. */
    TRANSCRIPTIONS,
    /** What knows no resources. */
    ANYTHING,
    /** ECS tasks of the endpoint that receives the permission. */
    TASKS
  }

  /**
   * Permission to list keys. It is also needed to detect a missing object: without it, S3 answers
   * that access is denied.
   */
  static Grant list() {
    return new Grant(Target.BUCKET, List.of("s3:ListBucket"), List.of());
  }

  static Grant read(String... paths) {
    return new Grant(Target.OBJECTS, List.of("s3:GetObject"), List.of(paths));
  }

  static Grant write(String... paths) {
    return new Grant(Target.OBJECTS, List.of("s3:PutObject"), List.of(paths));
  }

  static Grant objects(List<String> actions, String... paths) {
    return new Grant(Target.OBJECTS, actions, List.of(paths));
  }

  static Grant on(Target target, String... actions) {
    return new Grant(target, List.of(actions), List.of());
  }
}
