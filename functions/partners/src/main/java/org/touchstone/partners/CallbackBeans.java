package org.touchstone.partners;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.touchstone.partners.callback.CallbackDesk;
import org.touchstone.partners.queue.JobMessages;
import org.touchstone.storage.CallbackStore;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Wires the receipt of callbacks. Apart from the other beans, because the function that receives
 * them may do less.
 */
@ApplicationScoped
public class CallbackBeans {
  @Produces
  @Singleton
  CallbackDesk callbackDesk(CallbackStore callbacks, JobMessages messages, InstantSource clock) {
    return new CallbackDesk(callbacks, messages, clock);
  }

  @Produces
  @Singleton
  @DefaultBean
  JobMessages jobMessages() {
    return new JobMessages(
        new Supplier<>() {
          private SqsClient client;

          @Override
          public synchronized SqsClient get() {
            client = client == null ? sqs() : client;
            return client;
          }
        });
  }

  private static SqsClient sqs() {
    return SqsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build();
  }
}
