package org.touchstone.local.stack;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The functions' S3 clients, pointed at the embedded server. */
@ApplicationScoped
public class EmbeddedClients {
  @Produces
  @Singleton
  S3Client s3() {
    return LocalStack.running().s3().client();
  }

  void close(@Disposes S3Client s3) {
    s3.close();
  }

  @Produces
  @Singleton
  S3Presigner presigner() {
    return LocalStack.running().s3().presigner();
  }

  void close(@Disposes S3Presigner presigner) {
    presigner.close();
  }
}
