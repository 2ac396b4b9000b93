/** Voters of other organisations: their queue and their secrets. */
package org.touchstone.infra.partners;
