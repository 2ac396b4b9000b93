package org.touchstone.infra.api;

import java.util.List;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.DeploymentConfig.ApiConfig;
import org.touchstone.infra.config.LogRetention;
import org.touchstone.infra.security.Suppressions;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigateway.AccessLogFormat;
import software.amazon.awscdk.services.apigateway.DomainNameOptions;
import software.amazon.awscdk.services.apigateway.EndpointType;
import software.amazon.awscdk.services.apigateway.LambdaIntegration;
import software.amazon.awscdk.services.apigateway.LogGroupLogDestination;
import software.amazon.awscdk.services.apigateway.MethodLoggingLevel;
import software.amazon.awscdk.services.apigateway.ProxyResourceOptions;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.apigateway.SecurityPolicy;
import software.amazon.awscdk.services.apigateway.StageOptions;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The API in front of the intake function: throttled, logged and traced. A firewall and a custom
 * domain name are options.
 */
public final class PublicApi extends Construct {
  /** Where the addresses for programs begin; all others are for people. */
  private static final List<String> PROGRAMS = List.of("/v1/", "/api/");

  private static final String ANY = "ANY";

  private static final String STAGE = "live";

  /**
   * What browsers accept first when they ask for a picture: without these, pictures would leave as
   * base64. Not every type, because a body of such a type comes to the function as base64, and a
   * list of links of 5 MB would then be more than the 6 MB that a function accepts.
   */
  private static final List<String> PICTURES =
      List.of("image/avif", "image/webp", "image/apng", "image/png", "image/jpeg", "image/gif");

  private final RestApi api;
  private final String domain;
  private final boolean firewall;

  /** An API without routes: {@link #serve} adds them. */
  public PublicApi(Construct scope, String id, DeploymentConfig config) {
    super(scope, id);
    ApiConfig settings = config.api();
    domain = settings.domain() == null ? null : settings.domain().name();
    LogGroup log =
        LogGroup.Builder.create(this, "Log")
            .logGroupName("/aws/apigateway/" + config.prefix())
            .retention(LogRetention.of(config.logDays()))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    RestApi.Builder builder =
        RestApi.Builder.create(this, "Api")
            .restApiName(config.prefix())
            .description("Touchstone's API")
            .binaryMediaTypes(PICTURES)
            .endpointTypes(List.of(EndpointType.REGIONAL))
            // Without this role, an account's stages may not write logs, including access logs.
            .cloudWatchRole(true)
            // The setting belongs to the account: other APIs may rely on it for their logs.
            .cloudWatchRoleRemovalPolicy(RemovalPolicy.RETAIN)
            .deployOptions(
                StageOptions.builder()
                    .stageName(STAGE)
                    .throttlingRateLimit(settings.requestsPerSecond())
                    .throttlingBurstLimit(settings.burst())
                    .tracingEnabled(true)
                    // Metrics of the whole API come without this; metrics per method cost extra.
                    .metricsEnabled(false)
                    .loggingLevel(MethodLoggingLevel.OFF)
                    .accessLogDestination(new LogGroupLogDestination(log))
                    .accessLogFormat(AccessLogFormat.jsonWithStandardFields())
                    .build());
    if (settings.domain() != null) {
      builder
          .disableExecuteApiEndpoint(true)
          .domainName(
              DomainNameOptions.builder()
                  .domainName(settings.domain().name())
                  .certificate(
                      Certificate.fromCertificateArn(
                          this, "Certificate", settings.domain().certificate()))
                  .endpointType(EndpointType.REGIONAL)
                  .securityPolicy(SecurityPolicy.TLS_1_2)
                  .build());
    }
    api = builder.build();
    firewall = settings.waf();
    if (firewall) {
      new ApiFirewall(this, "Firewall", config, api);
    }
  }

  /**
   * Adds the routes. The functions may have been given the API's address before.
   *
   * @param contract the routes that the intake serves. The function itself asks for API keys: a
   *     page or a shared result must open without one
   * @param callbacks receives the callbacks of voters, or null when none calls back
   */
  public void serve(ApiContract contract, IFunction intake, IFunction callbacks) {
    LambdaIntegration integration = integration(intake);
    for (ApiContract.Route route : contract.routes()) {
      if (PROGRAMS.stream().anyMatch(route.path()::startsWith)) {
        api.getRoot().resourceForPath(route.path()).addMethod(route.method(), integration);
      }
    }
    // Pages, and their error pages, are the function's: each address of its own would be two
    // resources of a stack that may have 500.
    api.getRoot().addMethod(ANY, integration);
    api.getRoot()
        .addProxy(
            ProxyResourceOptions.builder().anyMethod(true).defaultIntegration(integration).build());
    if (callbacks != null) {
      // A voter has no key of this API; the token in the address is what it has.
      api.getRoot()
          .resourceForPath("/v1/callbacks/{token}")
          .addMethod("POST", integration(callbacks));
    }
    suppress();
  }

  /** Adds routes of another function, whose callers have no API key. */
  public void serve(List<ApiContract.Route> routes, IFunction function) {
    LambdaIntegration integration = integration(function);
    for (ApiContract.Route route : routes) {
      api.getRoot().resourceForPath(route.path()).addMethod(route.method(), integration);
    }
    suppress();
  }

  /**
   * One permission for the whole API: a function's policy has room for 20 KB, and a permission for
   * each method would fill it.
   */
  private static LambdaIntegration integration(IFunction function) {
    return LambdaIntegration.Builder.create(function).scopePermissionToMethod(false).build();
  }

  private void suppress() {
    Suppressions.suppress(
        api,
        "AwsSolutions-APIG2",
        "The function checks requests, and answers with problem details that say what is wrong.");
    Suppressions.suppress(
        api,
        "AwsSolutions-APIG6",
        "The stage's access log says who called what; execution logs would hold the bodies.");
    Suppressions.suppress(
        api, "AwsSolutions-APIG4", "Callers are known by an API key, which the function checks.");
    Suppressions.suppress(
        api, "AwsSolutions-COG4", "Callers are known by an API key, which the function checks.");
    Suppressions.suppress(
        api,
        "AwsSolutions-IAM4",
        "What API Gateway needs to write logs is in AWS's policy for that, and may change there.");
    if (!firewall) {
      Suppressions.suppress(
          api,
          "AwsSolutions-APIG3",
          "A web firewall costs more at rest than all else together; api.waf adds it.");
    }
  }

  public RestApi api() {
    return api;
  }

  /**
   * The API's address, with a slash at the end. It names the stage without referring to it: the
   * stage comes after the routes, and these after the functions, which may be told this address.
   */
  public String url() {
    return origin() + (domain == null ? "/" + STAGE + "/" : "/");
  }

  /** The start of the API's address: its scheme and its name. */
  public String origin() {
    Stack stack = Stack.of(this);
    return domain == null
        ? "https://%s.execute-api.%s.%s"
            .formatted(api.getRestApiId(), stack.getRegion(), stack.getUrlSuffix())
        : "https://" + domain;
  }
}
