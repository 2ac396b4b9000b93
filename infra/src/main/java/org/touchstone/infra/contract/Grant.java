package org.touchstone.infra.contract;

import java.util.List;

/**
 * Permission to do something.
 *
 * @param target to what kind of thing
 * @param actions IAM actions
 * @param paths for objects, the keys' patterns; else empty
 */
public record Grant(Target target, List<String> actions, List<String> paths) {

  /** What is acted on. */
  public enum Target {
    /** The bucket itself. */
    BUCKET,
    /** Objects in it. */
    OBJECTS,
    /** The workflow. */
    WORKFLOW,
    /** The secrets with platforms' keys. */
    SECRETS,
    /** The queue of the endpoint that is given the permission. */
    QUEUE,
    /** ECS tasks of the endpoint that is given the permission. */
    TASKS
  }

  /**
   * To see which keys there are. Also needed to be told that there is no object: without it, S3
   * answers that access is denied.
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
