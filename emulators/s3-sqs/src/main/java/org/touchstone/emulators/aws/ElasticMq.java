package org.touchstone.emulators.aws;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.scaladsl.model.HttpRequest;
import org.apache.pekko.http.scaladsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.touchstone.emulators.access.signature.SignedRequest;

/** ElasticMQ without a port of its own: requests come as objects. */
final class ElasticMq implements AutoCloseable {
  /** Longer than the longest wait for a message, 20 s. */
  private static final long PATIENCE_SECONDS = 60;

  private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS);

  private final ActorSystem system;
  private final Materializer materializer;
  private final Flow<HttpRequest, HttpResponse, Object> service;

  private ElasticMq(ActorSystem system, Flow<HttpRequest, HttpResponse, Object> service) {
    this.system = system;
    this.materializer = Materializer.createMaterializer(system);
    this.service = service;
  }

  /**
   * An answer.
   *
   * @param contentType the value of the header
   */
  record Answer(int status, String contentType, byte[] body) {}

  /**
   * Starts without queues.
   *
   * @param port the port in the URLs of its queues
   */
  static ElasticMq start(String region, int port) {
    ActorSystem system = ActorSystem.create("elasticmq");
    UnboundHttp http = UnboundHttp.install(system);
    SQSRestServerBuilder.withActorSystem(system)
        .withInterface(Loopback.ADDRESS)
        .withPort(port)
        .withServerAddress(new NodeAddress("http", Loopback.ADDRESS, port, ""))
        .withAWSRegion(region)
        .start()
        .waitUntilStarted();
    return new ElasticMq(system, http.service().asJava());
  }

  /**
   * Serves a request.
   *
   * @param target the value of {@code X-Amz-Target}; null when it is absent
   * @param contentType the value of {@code Content-Type}; null when it is absent
   */
  Answer serve(SignedRequest request, String target, String contentType)
      throws InterruptedException {
    String uri = request.query().isEmpty() ? "" : "?" + request.query();
    var parsed = contentType == null ? null : ContentTypes.parse(contentType);
    var pekko =
        org.apache.pekko.http.javadsl.model.HttpRequest.create(
                "http://" + Loopback.ADDRESS + request.path() + uri)
            .withMethod(request.method().equals("GET") ? HttpMethods.GET : HttpMethods.POST)
            .withEntity(entity(parsed, request.body()));
    if (target != null) {
      pekko = pekko.addHeader(RawHeader.create("X-Amz-Target", target));
    }
    HttpResponse response =
        await(Source.single((HttpRequest) pekko).via(service).runWith(Sink.head(), materializer));
    var entity = await(response.entity().toStrict(PATIENCE_MILLIS, materializer));
    return new Answer(
        response.status().intValue(),
        entity.getContentType().toString(),
        entity.getData().toArray());
  }

  /**
   * Waits for a stage. Scala's stages run what is chained to them in the JVM's common pool, which
   * on a small machine has one thread, and the caller of this server may be that thread.
   */
  private static <T> T await(CompletionStage<T> stage) throws InterruptedException {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("ElasticMQ does not answer", e);
    }
  }

  private static HttpEntity.Strict entity(ContentType type, byte[] body) {
    return type == null ? HttpEntities.create(body) : HttpEntities.create(type, body);
  }

  @Override
  public void close() {
    system.terminate();
    try {
      system.getWhenTerminated().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("ElasticMQ does not stop", e);
    }
  }
}
