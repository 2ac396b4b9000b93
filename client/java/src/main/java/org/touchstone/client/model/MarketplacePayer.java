package org.touchstone.client.model;

/**
 * A buyer on AWS Marketplace.
 *
 * @param customerAwsAccountId the buyer's AWS account
 * @param licenseArn the licence; absent for products without concurrent agreements
 * @param productCode the product that was bought
 * @param customerIdentifier the name of the buyer in notifications by SNS
 */
public record MarketplacePayer(
    String customerAwsAccountId,
    String licenseArn,
    String productCode,
    String customerIdentifier) {}
