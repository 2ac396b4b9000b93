package org.touchstone.infra.api;

import java.util.List;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.DeploymentConfig.ApiConfig;
import org.touchstone.infra.config.LogRetention;
import org.touchstone.infra.security.Suppressions;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.apigateway.AccessLogFormat;
import software.amazon.awscdk.services.apigateway.ApiKey;
import software.amazon.awscdk.services.apigateway.DomainNameOptions;
import software.amazon.awscdk.services.apigateway.EndpointType;
import software.amazon.awscdk.services.apigateway.LambdaIntegration;
import software.amazon.awscdk.services.apigateway.LogGroupLogDestination;
import software.amazon.awscdk.services.apigateway.MethodLoggingLevel;
import software.amazon.awscdk.services.apigateway.MethodOptions;
import software.amazon.awscdk.services.apigateway.Period;
import software.amazon.awscdk.services.apigateway.QuotaSettings;
import software.amazon.awscdk.services.apigateway.Resource;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.apigateway.SecurityPolicy;
import software.amazon.awscdk.services.apigateway.StageOptions;
import software.amazon.awscdk.services.apigateway.ThrottleSettings;
import software.amazon.awscdk.services.apigateway.UsagePlan;
import software.amazon.awscdk.services.apigateway.UsagePlanPerApiStage;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The API in front of the intake function: throttled, logged and traced. By default callers need
 * the deployment's API key. A quota, a firewall and a custom domain name are options.
 */
public final class PublicApi extends Construct {
  private static final String STAGE = "live";

  private final RestApi api;
  private final String domain;
  private ApiKey key;

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
    routes(v1, intake, settings.apiKey());
    if (callbacks != null) {
      // A voter has no key of this API; the token in the address is what it has.
      v1.addResource("callbacks")
          .addResource("{token}")
          .addMethod(
              "POST",
              LambdaIntegration.Builder.create(callbacks).build(),
              MethodOptions.builder().apiKeyRequired(false).build());
    }
    if (settings.apiKey()) {
      key = key(config, settings);
    }
    if (settings.waf()) {
      new ApiFirewall(this, "Firewall", config, api);
    }
    suppress(settings);
  }

  private static void routes(Resource v1, IFunction intake, boolean keyed) {
    LambdaIntegration integration = LambdaIntegration.Builder.create(intake).build();
    MethodOptions method = MethodOptions.builder().apiKeyRequired(keyed).build();
    Resource analyses = v1.addResource("analyses");
    analyses.addMethod("POST", integration, method);
    analyses.addMethod("GET", integration, method);
    analyses.addResource("{id}").addMethod("GET", integration, method);
    v1.addResource("uploads").addMethod("POST", integration, method);
  }

  private ApiKey key(DeploymentConfig config, ApiConfig settings) {
    ApiKey made =
        ApiKey.Builder.create(this, "Key").description("For callers of " + config.prefix()).build();
    UsagePlan.Builder plan =
        UsagePlan.Builder.create(this, "UsagePlan")
            .description("Callers of " + config.prefix())
            .throttle(
                ThrottleSettings.builder()
                    .rateLimit(settings.requestsPerSecond())
                    .burstLimit(settings.burst())
                    .build())
            .apiStages(
                List.of(
                    UsagePlanPerApiStage.builder()
                        .api(api)
                        .stage(api.getDeploymentStage())
                        .build()));
    if (settings.requestsPerDay() != null) {
      plan.quota(
          QuotaSettings.builder().limit(settings.requestsPerDay()).period(Period.DAY).build());
    }
    plan.build().addApiKey(made);
    return made;
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
        api, "AwsSolutions-APIG4", "Callers are machines and are known by an API key.");
    Suppressions.suppress(
        api, "AwsSolutions-COG4", "Callers are machines and are known by an API key.");
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

  /** The id of the key that callers need, or null when they do not need a key. */
  public String keyId() {
    return key == null ? null : key.getKeyId();
  }
}
