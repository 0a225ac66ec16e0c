package com.example.hunting

object Api {
    const val HOST = "https://api.securitycenter.microsoft.com"
    const val INDICATORS = "$HOST/api/indicators"
}
