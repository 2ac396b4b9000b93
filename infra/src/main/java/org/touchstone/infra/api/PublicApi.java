package org.touchstone.infra.api;

import java.util.List;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.DeploymentConfig.ApiConfig;
import org.touchstone.infra.config.LogRetention;
import org.touchstone.infra.security.Suppressions;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.apigateway.AccessLogFormat;
import software.amazon.awscdk.services.apigateway.DomainNameOptions;
import software.amazon.awscdk.services.apigateway.EndpointType;
import software.amazon.awscdk.services.apigateway.LambdaIntegration;
import software.amazon.awscdk.services.apigateway.LogGroupLogDestination;
import software.amazon.awscdk.services.apigateway.MethodLoggingLevel;
import software.amazon.awscdk.services.apigateway.Resource;
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
  private static final String STAGE = "live";

  private final RestApi api;
  private final String domain;

  /**
   * @param callbacks receives the callbacks of voters, or null when none calls back
   */
  public PublicApi(
      Construct scope, String id, DeploymentConfig config, IFunction intake, IFunction callbacks) {
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
    Resource v1 = api.getRoot().addResource("v1");
    routes(v1, intake);
    if (callbacks != null) {
      // A voter has no key of this API; the token in the address is what it has.
      v1.addResource("callbacks")
          .addResource("{token}")
          .addMethod("POST", LambdaIntegration.Builder.create(callbacks).build());
    }
    if (settings.waf()) {
      new ApiFirewall(this, "Firewall", config, api);
    }
    suppress(settings);
  }

  /** The function itself asks for API keys: a page or a shared result must open without one. */
  private static void routes(Resource v1, IFunction intake) {
    LambdaIntegration integration = LambdaIntegration.Builder.create(intake).build();
    Resource analyses = v1.addResource("analyses");
    analyses.addMethod("POST", integration);
    analyses.addMethod("GET", integration);
    analyses.addResource("{id}").addMethod("GET", integration);
    v1.addResource("uploads").addMethod("POST", integration);
    Resource accounts = v1.addResource("accounts");
    accounts.addMethod("POST", integration);
    accounts.addMethod("GET", integration);
    Resource account = accounts.addResource("{id}");
    account.addResource("suspend").addMethod("POST", integration);
    account.addResource("resume").addMethod("POST", integration);
    Resource keys = v1.addResource("keys");
    keys.addMethod("POST", integration);
    keys.addMethod("GET", integration);
    Resource key = keys.addResource("{id}");
    key.addMethod("DELETE", integration);
    key.addResource("rotate").addMethod("POST", integration);
  }

  private void suppress(ApiConfig settings) {
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
    if (!settings.waf()) {
      Suppressions.suppress(
          api,
          "AwsSolutions-APIG3",
          "A web firewall costs more at rest than all else together; api.waf adds it.");
    }
  }

  public RestApi api() {
    return api;
  }

  /** The API's address, with a slash at the end. */
  public String url() {
    return domain == null ? api.getUrl() : "https://" + domain + "/";
  }
}
