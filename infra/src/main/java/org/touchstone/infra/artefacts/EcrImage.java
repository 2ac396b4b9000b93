package org.touchstone.infra.artefacts;

import software.amazon.awscdk.services.ecr.IRepository;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.ecr.RepositoryAttributes;
import software.constructs.Construct;

/**
 * An image in ECR.
 *
 * @param account owner of the registry
 * @param region of the registry
 * @param name of the repository
 * @param tagOrDigest a tag, or a digest that starts with {@code sha256:}
 */
public record EcrImage(String account, String region, String name, String tagOrDigest) {

  /** Reads {@code ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME:TAG} or {@code …@sha256:DIGEST}. */
  public static EcrImage parse(String image) {
    String host = image.substring(0, image.indexOf('/'));
    String[] labels = host.split("\\.");
    String rest = image.substring(image.indexOf('/') + 1);
    int separator = rest.contains("@") ? rest.indexOf('@') : rest.indexOf(':');
    return new EcrImage(
        labels[0], labels[3], rest.substring(0, separator), rest.substring(separator + 1));
  }

  /** The repository, as a resource for granting permissions. */
  public IRepository repository(Construct scope, String id) {
    return Repository.fromRepositoryAttributes(
        scope,
        id,
        RepositoryAttributes.builder()
            .repositoryName(name)
            .repositoryArn("arn:aws:ecr:" + region + ":" + account + ":repository/" + name)
            .build());
  }
}
